package io.swarmstream.testkit.misfortune;

import io.swarmstream.schemas.Anchor;
import io.swarmstream.schemas.avro.Participant;
import io.swarmstream.schemas.avro.Rejection;
import io.swarmstream.schemas.avro.RoundRecord;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.rounds.RejectionReason;
import io.swarmstream.testkit.TestContract;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Compares what readers saw with what was sent, once nothing is in flight. */
final class Invariants {
  private final TestContract contract;
  private final Readers readers;
  private final SentRecords ledger;
  private final Registry registry;

  /** Rejections of single records, by the place of the record. */
  private final Map<SentRecords.Place, Rejection> ofRecords = new HashMap<>();

  /** Rejections of whole contributions, by their Merkle root. */
  private final Map<String, List<Rejection>> ofContributions = new HashMap<>();

  Invariants(Scenario scenario, Readers readers, SentRecords ledger, Registry registry) {
    this.contract = scenario.contract();
    this.readers = readers;
    this.ledger = ledger;
    this.registry = registry;
  }

  void check(World world) {
    sortRejections();
    checkModels();
    checkAnchors(world.anchored());
    readers.records.values().forEach(this::checkRecord);
    ledger.bad.forEach(this::checkBad);
    ledger.contributions.values().forEach(this::checkSent);
    checkNotices();
  }

  private void sortRejections() {
    for (Rejection rejection : readers.rejections) {
      Broken.unless(
          RejectionReason.ofCode(rejection.getReason()).isPresent()
              && !rejection.getMessage().isBlank(),
          "a rejection without a reason: %s",
          rejection);
      if (rejection.getOffset() < 0) {
        ofContributions
            .computeIfAbsent(rejection.getContribution(), unused -> new ArrayList<>())
            .add(rejection);
        continue;
      }
      SentRecords.Place place =
          new SentRecords.Place(
              rejection.getTopic(), rejection.getPartition(), rejection.getOffset());
      Rejection before = ofRecords.put(place, rejection);
      Broken.unless(before == null, "rejected twice: %s and %s", before, rejection);
    }
  }

  /** Checks that each model matches its record and the definition of the merge method. */
  private void checkModels() {
    int parameters = Math.toIntExact(contract.terms().parameterCount());
    ReferenceOptimizer optimizer =
        contract.terms().optimizer().isNone()
            ? null
            : new ReferenceOptimizer(contract.terms().optimizer(), parameters);
    for (RoundRecord record : readers.records.values()) {
      long round = record.getRound();
      float[] model = readers.model(round, parameters);
      Broken.unless(
          Hash.of(record.getBaseHash()).equals(readers.base(round)),
          "round %d does not start from the model before it",
          round);
      ReferencePace.checkInterval(contract.terms(), record, readers.records.get(round - 1));
      float[] state = readers.state(round, contract.terms().chunks().chunkCount());
      if (contract.terms().method().equals("geomedian")) {
        continue; // checked against an undisturbed run
      }
      List<float[]> deltas = new ArrayList<>();
      List<Integer> weights = new ArrayList<>();
      for (Participant in : record.getParticipants()) {
        deltas.add(sent(round, in).delta);
        weights.add(in.getHeader().getWeight());
      }
      float[] merged =
          contract.terms().method().equals("mean")
              ? ReferenceMerge.mean(deltas, weights)
              : ReferenceMerge.coordinateMedian(deltas, weights);
      ReferencePace.checkDrift(contract.terms(), record, deltas, merged);
      ReferenceFigures.check(contract.terms(), record, deltas, merged);
      boolean counted = weights.stream().anyMatch(weight -> weight > 0);
      float[] step = optimizer == null || round == 0 || !counted ? merged : optimizer.step(merged);
      float[] expected =
          round == 0 ? merged : ReferenceMerge.next(readers.model(round - 1, parameters), step);
      checkBits(round, "model", model, expected);
      if (optimizer != null && round > 0) {
        checkBits(round, "optimizer's state", state, optimizer.state());
      }
    }
  }

  private static void checkBits(long round, String what, float[] values, float[] expected) {
    Broken.unless(values.length == expected.length, "the %s of round %d is cut", what, round);
    for (int i = 0; i < values.length; i++) {
      Broken.unless(
          Float.floatToRawIntBits(values[i]) == Float.floatToRawIntBits(expected[i]),
          "round %d, parameter %d: the %s has %s, the reference %s",
          round,
          i,
          what,
          values[i],
          expected[i]);
    }
  }

  private void checkAnchors(List<Anchor> anchors) {
    Broken.unless(
        anchors.size() == readers.records.size(),
        "%d rounds are anchored, %d are sealed",
        anchors.size(),
        readers.records.size());
    for (Anchor anchor : anchors) {
      byte[] record = Objects.requireNonNull(readers.recordBytes.get(anchor.round()));
      Broken.unless(
          Hash.sha256(record).hex().equals(anchor.recordHash()),
          "the anchor of round %d is not that of its record",
          anchor.round());
    }
  }

  private SentRecords.Sent sent(long round, Participant in) {
    String root = Hash.of(in.getContribution()).hex();
    Broken.unless(
        ledger.contributions.containsKey(root),
        "round %d has a participant that nobody sent: %s",
        round,
        in);
    SentRecords.Sent sent = Objects.requireNonNull(ledger.contributions.get(root));
    Broken.unless(
        sent.round == round
            && sent.isWhole()
            && contract.site(sent.site).address().equals(in.getSite())
            && sent.contribution.chunk(0).getHeader().toString().equals(in.getHeader().toString()),
        "round %d has the participant %s, but what was sent is %s",
        round,
        in,
        sent);
    return sent;
  }

  private void checkRecord(RoundRecord record) {
    Set<Integer> in = new HashSet<>();
    String before = "";
    for (Participant participant : record.getParticipants()) {
      Broken.unless(
          before.compareTo(participant.getSite()) < 0,
          "participants of round %d are not each once, in the order of their address",
          record.getRound());
      before = participant.getSite();
      in.add(sent(record.getRound(), participant).site);
    }
    Broken.unless(
        in.size() >= contract.terms().minPeers(),
        "round %d closed with %d participants",
        record.getRound(),
        in.size());
    boolean atOnce = record.getClosedBy().equals("all-live");
    Broken.unless(
        atOnce == record.getLeftOut().isEmpty(),
        "round %d was closed by %s and left out %s",
        record.getRound(),
        record.getClosedBy(),
        record.getLeftOut());
    Broken.unless(
        atOnce
            || record.getClosedAtMs() - record.getOpenedAtMs() >= contract.terms().gracePeriodMs(),
        "round %d was closed before the grace period was over",
        record.getRound());
    for (int site = 0; site < contract.sites().size(); site++) {
      Broken.unless(
          !registry.isBeyondDoubt(site)
              || wasLeftOutBefore(site, record.getRound())
              || in.contains(site)
              || record.getLeftOut().contains(contract.site(site).name()),
          "site %d is neither in round %d nor left out of it",
          site,
          record.getRound());
    }
  }

  private boolean wasLeftOutBefore(int site, long round) {
    String name = contract.site(site).name();
    return readers.records.headMap(round, false).values().stream()
        .anyMatch(record -> record.getLeftOut().contains(name));
  }

  private void checkBad(SentRecords.Place place, SentRecords.Bad bad) {
    Rejection told = ofRecords.get(place);
    if (told == null) {
      Broken.unless(
          bad.mayBeDropped(),
          "nobody was told of %s by site %d at %s",
          bad.lie(),
          bad.site(),
          place);
      return;
    }
    RejectionReason reason = reason(told);
    Broken.unless(
        bad.reasons().contains(reason) || reason == RejectionReason.UNKNOWN_SITE,
        "%s by site %d was answered by %s",
        bad.lie(),
        bad.site(),
        told);
  }

  /**
   * Checks that a contribution is merged whole or rejected for a true reason, and that every copy
   * of a chunk is answered.
   */
  private void checkSent(SentRecords.Sent sent) {
    RoundRecord record = readers.records.get(sent.round);
    Broken.unless(record != null, "%s is to a round that was not sealed in the end", sent);
    boolean merged =
        Objects.requireNonNull(record).getParticipants().stream()
            .anyMatch(in -> Hash.of(in.getContribution()).hex().equals(sent.root));
    List<Rejection> whole = ofContributions.getOrDefault(sent.root, List.of());
    whole.forEach(rejection -> checkReason(sent, rejection, merged, 2));
    sent.copies.forEach(
        (chunk, copies) -> {
          int unanswered = 0;
          for (SentRecords.Copy copy : copies) {
            Rejection rejection = ofRecords.get(copy.place);
            if (rejection == null) {
              unanswered++;
            } else {
              checkReason(sent, rejection, merged, copies.size());
            }
          }
          checkUnanswered(sent, chunk, unanswered, merged, whole.size());
        });
  }

  private void checkUnanswered(
      SentRecords.Sent sent, int chunk, int unanswered, boolean merged, int wholeRejections) {
    if (sent.mayBeDropped) {
      return;
    }
    // One copy is part of the merge, or is covered by a rejection of the whole contribution.
    int most = (merged ? 1 : 0) + wholeRejections;
    Broken.unless(
        unanswered <= most && (!merged || unanswered >= 1),
        "chunk %d of %s, which is %s the merge and was rejected as a whole %d times: %d copies were not answered",
        chunk,
        sent,
        merged ? "in" : "not in",
        wholeRejections,
        unanswered);
  }

  private void checkReason(SentRecords.Sent sent, Rejection rejection, boolean merged, int copies) {
    boolean so =
        switch (reason(rejection)) {
          case DUPLICATE -> copies > 1;
          case CONFLICTING -> ledger.of(sent.site, sent.round).size() > 1;
          case STALE_ROUND -> true; // the round is sealed
          case INCOMPLETE -> !merged;
          case UNKNOWN_SITE -> !registry.isBeyondDoubt(sent.site);
          default -> false;
        };
    Broken.unless(so, "%s was rejected without cause: %s", sent, rejection);
  }

  /** Checks that no notice misses a left-out site until it is heard from again. */
  private void checkNotices() {
    for (RoundRecord record : readers.records.values()) {
      for (int site = 0; site < contract.sites().size(); site++) {
        String name = contract.site(site).name();
        boolean heardOf =
            !registry.isBeyondDoubt(site)
                || ledger.contributions.values().stream()
                    .anyMatch(new Sender(site, record.getRound())::isHeardOfAfter);
        if (record.getLeftOut().contains(name) && !heardOf) {
          Broken.unless(
              readers.notices.stream()
                  .noneMatch(
                      notice ->
                          notice.getRound() > record.getRound()
                              && notice.getMissing().contains(name)),
              "%s was left out of round %d, was not heard of again, and is still missed",
              name,
              record.getRound());
        }
      }
    }
  }

  private record Sender(int site, long round) {
    boolean isHeardOfAfter(SentRecords.Sent sent) {
      return sent.site == site && sent.round > round;
    }
  }

  private static RejectionReason reason(Rejection rejection) {
    return RejectionReason.ofCode(rejection.getReason()).orElseThrow();
  }
}
