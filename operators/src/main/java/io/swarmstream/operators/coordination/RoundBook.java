package io.swarmstream.operators.coordination;

import io.swarmstream.operators.messages.ChunkRef;
import io.swarmstream.operators.messages.Receipt;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.jspecify.annotations.Nullable;

/** What has arrived for the current key's open round; empty between rounds. */
final class RoundBook {
  /** By site, slash, signed content: how much of each contribution has arrived. */
  private final MapState<String, Tally> tallies;

  /** Which received record carries which chunk. */
  private final MapState<ContributionChunk, ChunkRef> refs;

  /** By site: signed content of the contribution that was complete first; no entry: none is. */
  private final MapState<String, String> complete;

  private final Recollection<Set<String>> completeSites;

  private final Recollection<Begun> begun;

  /** What has arrived of any contribution. */
  private static final class Begun {
    /** How many contributions, by site. */
    private final Map<String, Integer> bySite = new HashMap<>();

    /** When the log took the oldest chunk of all. */
    private long oldestMs = Long.MAX_VALUE;
  }

  RoundBook(RuntimeContext context, Supplier<String> currentKey) {
    completeSites = new Recollection<>(currentKey, this::readCompleteSites);
    begun = new Recollection<>(currentKey, this::readBegun);
    tallies =
        context.getMapState(
            new MapStateDescriptor<>("tallies", Types.STRING, TypeInformation.of(Tally.class)));
    refs =
        context.getMapState(
            new MapStateDescriptor<>(
                "chunk-refs",
                TypeInformation.of(ContributionChunk.class),
                TypeInformation.of(ChunkRef.class)));
    complete =
        context.getMapState(new MapStateDescriptor<>("complete", Types.STRING, Types.STRING));
  }

  /** The site's complete contribution; null: it has none. */
  @Nullable Tally completed(String site) throws Exception {
    @Nullable String signed = complete.get(site);
    return signed == null ? null : tallies.get(key(site, signed));
  }

  /** How much of a contribution has arrived; null: nothing. */
  @Nullable Tally tally(String site, String signed) throws Exception {
    return tallies.get(key(site, signed));
  }

  /** Where the same chunk of the same contribution was received before, if it was. */
  @Nullable ChunkRef received(Receipt receipt) throws Exception {
    return refs.get(new ContributionChunk(receipt.site(), receipt.signed(), receipt.chunk()));
  }

  /** Whether any chunk of the same contribution has arrived. */
  boolean hasBegun(Receipt receipt) throws Exception {
    return tallies.contains(key(receipt.site(), receipt.signed()));
  }

  /** Enters a chunk not received before; returns whether that completes its contribution. */
  boolean enter(Receipt receipt, int chunkCount) throws Exception {
    String key = key(receipt.site(), receipt.signed());
    Begun all = begun.get(); // read before the tally is there
    @Nullable Tally known = all.bySite.containsKey(receipt.site()) ? tallies.get(key) : null;
    Tally tally =
        (known == null
                ? new Tally(
                    receipt.site(),
                    receipt.contribution(),
                    receipt.signed(),
                    receipt.header(),
                    receipt.appendedMs(),
                    receipt.appendedMs(),
                    0,
                    receipt.signature())
                : known)
            .plusOne(receipt.appendedMs());
    if (known == null) {
      all.bySite.merge(receipt.site(), 1, Integer::sum);
    }
    all.oldestMs = Math.min(all.oldestMs, receipt.appendedMs());
    tallies.put(key, tally);
    refs.put(
        new ContributionChunk(receipt.site(), receipt.signed(), receipt.chunk()), receipt.ref());
    if (tally.received() < chunkCount) {
      return false;
    }
    complete.put(receipt.site(), receipt.signed());
    completeSites.get().add(receipt.site());
    return true;
  }

  /** Sites whose contribution is complete: a live view. */
  Set<String> completeSites() throws Exception {
    return Collections.unmodifiableSet(completeSites.get());
  }

  /** How many contributions of the site have begun. */
  int begunBy(String site) throws Exception {
    return begun.get().bySite.getOrDefault(site, 0);
  }

  /**
   * When the log took the oldest chunk of all contributions; {@link Long#MAX_VALUE}: there are
   * none.
   */
  long oldestMs() throws Exception {
    return begun.get().oldestMs;
  }

  private Set<String> readCompleteSites() throws Exception {
    Set<String> sites = new HashSet<>();
    complete.keys().forEach(sites::add);
    return sites;
  }

  private Begun readBegun() throws Exception {
    Begun all = new Begun();
    for (Tally tally : tallies.values()) {
      all.bySite.merge(tally.site(), 1, Integer::sum);
      all.oldestMs = Math.min(all.oldestMs, tally.appendedMs());
    }
    return all;
  }

  /** The whole contributions by site, in the order of the sites' address. */
  Map<String, Tally> completeTallies() throws Exception {
    Map<String, Tally> whole = new TreeMap<>();
    for (Map.Entry<String, String> entry : complete.entries()) {
      whole.put(
          entry.getKey(),
          Objects.requireNonNull(tallies.get(key(entry.getKey(), entry.getValue()))));
    }
    return whole;
  }

  /** Sum of the weights of whole contributions, without the site's own. */
  long weightOfOthers(String site) throws Exception {
    long weight = 0;
    for (Tally tally : completeTallies().values()) {
      weight += tally.site().equals(site) ? 0 : tally.header().weight();
    }
    return weight;
  }

  ChunkRef ref(Tally tally, int chunk) throws Exception {
    return Objects.requireNonNull(
        refs.get(new ContributionChunk(tally.site(), tally.signed(), chunk)));
  }

  /** Removes contributions, and returns them with their chunks. */
  Map<Tally, Map<Integer, ChunkRef>> strike(Predicate<Tally> which) throws Exception {
    Map<String, Tally> doomed = new HashMap<>();
    for (Tally tally : tallies.values()) {
      if (which.test(tally)) {
        doomed.put(key(tally.site(), tally.signed()), tally);
      }
    }
    Map<Tally, Map<Integer, ChunkRef>> struck = new HashMap<>();
    if (doomed.isEmpty()) {
      return struck; // the usual case; only otherwise is it worth walking over all chunks
    }
    forget();
    for (Map.Entry<String, Tally> entry : doomed.entrySet()) {
      Tally tally = entry.getValue();
      tallies.remove(entry.getKey());
      if (tally.signed().equals(complete.get(tally.site()))) {
        complete.remove(tally.site());
      }
      struck.put(tally, new TreeMap<>());
    }
    List<ContributionChunk> places = new ArrayList<>();
    for (Map.Entry<ContributionChunk, ChunkRef> entry : refs.entries()) {
      ContributionChunk place = entry.getKey();
      @Nullable Tally tally = doomed.get(key(place.site(), place.signed()));
      if (tally != null) {
        Objects.requireNonNull(struck.get(tally)).put(place.chunk(), entry.getValue());
        places.add(place);
      }
    }
    for (ContributionChunk place : places) {
      refs.remove(place);
    }
    return struck;
  }

  void clear() {
    tallies.clear();
    refs.clear();
    complete.clear();
    forget();
  }

  private void forget() {
    completeSites.forget();
    begun.forget();
  }

  private static String key(String site, String signed) {
    return site + "/" + signed;
  }
}
