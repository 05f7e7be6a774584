package io.swarmstream.clients.kafka.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.avro.MaskAgreement;
import io.swarmstream.schemas.avro.MaskCohort;
import io.swarmstream.schemas.avro.MaskRoster;
import io.swarmstream.schemas.avro.RoundNotice;
import io.swarmstream.schemas.avro.RoundPlan;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.wire.WireFormat;
import io.swarmstream.testkit.TestContract;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class MaskLogTest {
  private static final ContractTerms TERMS =
      TestContract.of("c", "mean", 4, 3, 1_000).withPrivacy("masked").terms();

  private final MaskLog log = new MaskLog(new Bulletin(), TERMS);

  @Test
  void takesTheFirstPlanUnderTheFenceInForce() throws Exception {
    log.accept(fence(5));
    log.accept(plan(7, 4, "an earlier fence"));
    log.accept(plan(7, 5, "valid"));
    log.accept(plan(7, 5, "a second one"));

    assertThat(log.plan(7)).contains(plan(7, 5, "valid"));
  }

  /** A coordinator lives on after its job was failed over: it tricks no site. */
  @Test
  void passesOverWhatAZombieWritesBehindTheNextFence() throws Exception {
    log.accept(fence(5));
    log.accept(roster(5));
    log.accept(fence(9));
    log.accept(fence(6)); // a late one does not take the newer one out of force
    log.accept(plan(7, 5, "of the zombie"));
    log.accept(cohort(7, 5, 100));

    assertThat(log.plan(7)).isEmpty();
    assertThat(log.cohort(7)).isEmpty();
    log.accept(roster(5));
    log.accept(cohort(7, 9, 200));
    log.accept(plan(7, 9, "valid"));
    assertThat(log.roster().orElseThrow().getFence()).isEqualTo(5); // written while it was in force
    assertThat(log.cohort(7).orElseThrow().getWeightLimit()).isEqualTo(200);
    assertThat(log.plan(7)).contains(plan(7, 9, "valid"));
  }

  @Test
  void keepsWhatWasDecidedBeforeTheNextFence() throws Exception {
    log.accept(fence(5));
    log.accept(cohort(7, 5, 100));
    log.accept(fence(9));
    log.accept(cohort(7, 9, 200));

    assertThat(log.cohort(7).orElseThrow().getWeightLimit()).isEqualTo(100);
  }

  @Test
  void forgetsOldRounds() throws Exception {
    log.accept(fence(5));
    for (long round = 0; round < 20; round++) {
      log.accept(plan(round, 5, ""));
    }
    assertThat(log.plan(11)).isEmpty();
    assertThat(log.plan(12)).isPresent();
  }

  /** A false one would keep nobody from reading the true one that follows. */
  @Test
  void keepsTheNewestAgreementOfARound() throws Exception {
    log.accept(agreement("c", 7, 1));
    log.accept(agreement("c", 7, 2));
    log.accept(agreement("other", 7, 3));

    assertThat(log.agreement(7)).contains(agreement("c", 7, 2));
    assertThat(log.agreement(8)).isEmpty();
  }

  @Test
  void keepsNothingOfAContractWithoutMasks() throws Exception {
    MaskLog plain = new MaskLog(new Bulletin(), TestContract.of("c", "mean", 4, 3, 1_000).terms());
    plain.accept(fence(5));
    plain.accept(plan(7, 5, ""));

    assertThat(plain.plan(7)).isEmpty();
  }

  private static byte[] fence(long number) {
    return WireFormat.ROUND_NOTICE.encode(
        RoundNotice.newBuilder()
            .setContract("c")
            .setRound(-1)
            .setContributed(0)
            .setMinPeers(3)
            .setMissing(List.of())
            .setMissingCount(0)
            .setAbsent(List.of())
            .setClosesAtMs(-1)
            .setFence(number + "/token")
            .setAtMs(0)
            .build());
  }

  private static byte[] plan(long round, long fence, String closedBy) {
    return WireFormat.ROUND_PLAN.encode(
        RoundPlan.newBuilder()
            .setContract("c")
            .setTermsHash(TERMS.hash().toAvro())
            .setRound(round)
            .setBaseHash(Hash.ZERO.toAvro())
            .setFence(fence)
            .setParticipants(List.of())
            .setSigned(List.of())
            .setArrivedAtMs(List.of())
            .setLeftOut(List.of())
            .setClosedBy(closedBy)
            .setOpenedAtMs(1)
            .setClosedAtMs(2)
            .build());
  }

  private static byte[] agreement(String contract, long round, int signatures) {
    return WireFormat.MASK_AGREEMENT.encode(
        new MaskAgreement(
            contract,
            TERMS.hash().toAvro(),
            round,
            Hash.ZERO.toAvro(),
            Hash.ZERO.toAvro(),
            Collections.nCopies(signatures, ByteBuffer.allocate(65))));
  }

  private static byte[] roster(long fence) {
    return WireFormat.MASK_ROSTER.encode(
        MaskRoster.newBuilder()
            .setContract("c")
            .setTermsHash(TERMS.hash().toAvro())
            .setFence(fence)
            .setSites(List.of())
            .build());
  }

  private static byte[] cohort(long round, long fence, long weightLimit) {
    return WireFormat.MASK_COHORT.encode(
        MaskCohort.newBuilder()
            .setContract("c")
            .setTermsHash(TERMS.hash().toAvro())
            .setRound(round)
            .setBaseHash(Hash.ZERO.toAvro())
            .setFence(fence)
            .setRoster(Hash.ZERO.toAvro())
            .setSites(List.of())
            .setWeightLimit(weightLimit)
            .setOffers(List.of())
            .build());
  }
}
