package io.swarmstream.operators.coordination;

import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.avro.MaskConfirmation;
import io.swarmstream.schemas.avro.MaskOffer;
import io.swarmstream.schemas.avro.Unmask;
import io.swarmstream.schemas.masking.Cohort;
import io.swarmstream.schemas.masking.Roster;
import io.swarmstream.schemas.wire.MalformedRecordException;
import io.swarmstream.schemas.wire.WireFormat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.jspecify.annotations.Nullable;

/**
 * What is known for the masked rounds of the current key's contract, each as it stands in the log;
 * all empty if it is not masked.
 *
 * <p>It is bounded: one announcement, and for each of at most {@link #MOST_ROUNDS} rounds one
 * offer, one confirmation and one answer, of each enrolled site.
 */
final class MaskState {
  /**
   * How far ahead of its round the coordinator may be behind the sites, after a crash: as many as
   * the log keeps models, or fewer.
   */
  static final int MOST_ROUNDS = 64;

  private static final TypeInformation<byte[]> BYTES =
      PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO;

  /** By site: its announcement. */
  private final MapState<String, byte[]> announcements;

  /** By round, slash, site: the site's newest offer for the round. */
  private final MapState<String, byte[]> offers;

  /** By round, slash, site: which cohort and plan the site has read. */
  private final MapState<String, byte[]> confirmations;

  /** By round, slash, site: the site's answer to the round's plan. */
  private final MapState<String, byte[]> answers;

  /** By round: its cohort. */
  private final MapState<Long, byte[]> cohorts;

  /** The roster in force; null: none yet. */
  private final ValueState<byte[]> roster;

  private final Recollection<Map<Long, Cohort>> read;

  MaskState(RuntimeContext runtime, Supplier<String> currentKey) {
    announcements = runtime.getMapState(new MapStateDescriptor<>("mask-keys", Types.STRING, BYTES));
    offers = runtime.getMapState(new MapStateDescriptor<>("mask-offers", Types.STRING, BYTES));
    confirmations =
        runtime.getMapState(new MapStateDescriptor<>("mask-confirmations", Types.STRING, BYTES));
    answers = runtime.getMapState(new MapStateDescriptor<>("unmasks", Types.STRING, BYTES));
    cohorts = runtime.getMapState(new MapStateDescriptor<>("mask-cohorts", Types.LONG, BYTES));
    roster = runtime.getState(new ValueStateDescriptor<>("mask-roster", BYTES));
    read = new Recollection<>(currentKey, this::readCohorts);
  }

  private Map<Long, Cohort> readCohorts() throws Exception {
    Map<Long, Cohort> all = new HashMap<>();
    for (Map.Entry<Long, byte[]> cohort : cohorts.entries()) {
      all.put(cohort.getKey(), decode(cohort.getValue()));
    }
    return all;
  }

  private static Cohort decode(byte[] cohort) throws MalformedRecordException {
    return Cohort.of(WireFormat.MASK_COHORT.decode(cohort));
  }

  /** The cohort of a round; null: it is not read yet. */
  @Nullable Cohort cohort(long round) throws Exception {
    return read.get().get(round);
  }

  void addCohort(long round, byte[] cohort) throws Exception {
    read.get().put(round, decode(cohort)); // read before the cohort is there
    cohorts.put(round, cohort);
  }

  @Nullable Roster roster(ContractTerms terms) throws Exception {
    byte @Nullable [] known = roster.value();
    return known == null ? null : Roster.of(terms, WireFormat.MASK_ROSTER.decode(known));
  }

  void setRoster(byte[] known) throws Exception {
    roster.update(known);
  }

  /** Whether a site's key for shares is known. */
  boolean hasAnnounced(String site) throws Exception {
    return announcements.contains(site);
  }

  void announce(String site, byte[] announcement) throws Exception {
    announcements.put(site, announcement);
  }

  /** The announcements of these sites, in their order; without those of the others. */
  List<MaskOffer> announcements(Iterable<String> sites) throws Exception {
    List<MaskOffer> found = new ArrayList<>();
    for (String site : sites) {
      if (announcements.contains(site)) {
        found.add(WireFormat.MASK_OFFER.decode(announcements.get(site)));
      }
    }
    return found;
  }

  void offer(long round, String site, byte[] offer) throws Exception {
    offers.put(key(round, site), offer);
  }

  /** Offers for a round, by site, in the order of their address. */
  Map<String, MaskOffer> offers(long round) throws Exception {
    Map<String, MaskOffer> found = new TreeMap<>();
    for (MaskOffer offer : of(offers, WireFormat.MASK_OFFER::decode, round)) {
      found.put(offer.getSite(), offer);
    }
    return found;
  }

  /** Only the first one counts: an honest site gives only one. */
  void confirm(long round, String site, byte[] confirmation) throws Exception {
    keepFirst(confirmations, key(round, site), confirmation);
  }

  /** What sites have confirmed of a round. */
  List<MaskConfirmation> confirmations(long round) throws Exception {
    return of(confirmations, WireFormat.MASK_CONFIRMATION::decode, round);
  }

  /** Only the first answer counts: an honest site gives only one. */
  void answer(long round, String site, byte[] answer) throws Exception {
    keepFirst(answers, key(round, site), answer);
  }

  /** Answers to a round's plan, in the order of the sites' address. */
  List<Unmask> answers(long round) throws Exception {
    return of(answers, WireFormat.UNMASK::decode, round);
  }

  private static void keepFirst(MapState<String, byte[]> letters, String key, byte[] letter)
      throws Exception {
    if (!letters.contains(key)) {
      letters.put(key, letter);
    }
  }

  private interface Decoding<T> {
    T of(byte[] letter) throws MalformedRecordException;
  }

  /** Those of a round, in the order of the sites' address. */
  private static <T> List<T> of(MapState<String, byte[]> letters, Decoding<T> decoding, long round)
      throws Exception {
    Map<String, T> found = new TreeMap<>();
    for (Map.Entry<String, byte[]> entry : letters.entries()) {
      if (entry.getKey().startsWith(key(round, ""))) {
        found.put(entry.getKey(), decoding.of(entry.getValue()));
      }
    }
    return new ArrayList<>(found.values());
  }

  /** A site is not enrolled any more. */
  void forget(String site) throws Exception {
    announcements.remove(site);
  }

  /** The round and those before it are over. */
  void clear(long round) throws Exception {
    drop(offers, round);
    drop(confirmations, round);
    drop(answers, round);
    List<Long> over = new ArrayList<>();
    for (Long known : cohorts.keys()) {
      if (known <= round) {
        over.add(known);
      }
    }
    for (Long known : over) {
      cohorts.remove(known);
    }
    read.forget();
  }

  private static void drop(MapState<String, byte[]> letters, long round) throws Exception {
    List<String> over = new ArrayList<>();
    for (String key : letters.keys()) {
      if (Long.parseLong(key.substring(0, key.indexOf('/'))) <= round) {
        over.add(key);
      }
    }
    for (String key : over) {
      letters.remove(Objects.requireNonNull(key));
    }
  }

  private static String key(long round, String site) {
    return round + "/" + site;
  }
}
