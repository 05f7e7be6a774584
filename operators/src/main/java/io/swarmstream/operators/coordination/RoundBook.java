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

  /** How many contributions have begun, by site. */
  private final Recollection<Map<String, Integer>> begun;

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
    @Nullable Tally known = tallies.get(key);
    Tally tally =
        (known == null
                ? new Tally(
                    receipt.site(),
                    receipt.contribution(),
                    receipt.signed(),
                    receipt.header(),
                    receipt.appendedMs(),
                    receipt.appendedMs(),
                    0)
                : known)
            .plusOne(receipt.appendedMs());
    if (known == null) {
      begun.get().merge(receipt.site(), 1, Integer::sum); // read before the tally is there
    }
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
    return begun.get().getOrDefault(site, 0);
  }

  private Set<String> readCompleteSites() throws Exception {
    Set<String> sites = new HashSet<>();
    complete.keys().forEach(sites::add);
    return sites;
  }

  private Map<String, Integer> readBegun() throws Exception {
    Map<String, Integer> bySite = new HashMap<>();
    for (Tally tally : tallies.values()) {
      bySite.merge(tally.site(), 1, Integer::sum);
    }
    return bySite;
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
