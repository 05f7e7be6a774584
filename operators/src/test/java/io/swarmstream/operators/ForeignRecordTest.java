package io.swarmstream.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.operators.rig.SwarmRig;
import io.swarmstream.schemas.avro.Rejection;
import io.swarmstream.schemas.avro.RoundNotice;
import io.swarmstream.schemas.avro.RoundRecord;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.rounds.RejectionReason;
import io.swarmstream.schemas.wire.InboundRecord;
import io.swarmstream.schemas.wire.Topic;
import io.swarmstream.schemas.wire.WireFormat;
import io.swarmstream.testkit.TestContract;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a stranger puts into a rounds topic is reported, and the training goes on. */
class ForeignRecordTest {
  private static final TestContract CONTRACT = TestContract.of("c", "mean", 2, 2, 30_000);
  private static final TestContract OTHER = TestContract.of("other", "mean", 2, 2, 30_000);
  private static final long OFFSET = 1_000;

  /** Makes the foreign record out of the record of round 0. */
  private interface Forgery {
    byte[] of(RoundRecord genuine);
  }

  private record Case(String name, Forgery forgery, RejectionReason reason, String field) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> forgeries() {
    return Stream.of(
        new Case(
            "another contract's round",
            genuine -> changed(genuine, to -> to.setContract("other").setRound(1)),
            RejectionReason.WRONG_TOPIC,
            "contract"),
        new Case(
            "another contract's round of long ago",
            genuine -> changed(genuine, to -> to.setContract("other")),
            RejectionReason.WRONG_TOPIC,
            "contract"),
        new Case(
            "another chain's contract of the same name",
            genuine -> changed(genuine, to -> to.setTermsHash(Hash.ZERO.toAvro()).setRound(1)),
            RejectionReason.WRONG_TERMS,
            "termsHash"),
        new Case(
            "a round out of the blue",
            genuine -> changed(genuine, to -> to.setRound(57)),
            RejectionReason.FUTURE_ROUND,
            "round"),
        new Case(
            "a round before the first",
            genuine -> changed(genuine, to -> to.setRound(-5)),
            RejectionReason.BAD_HEADER,
            "round"),
        new Case(
            "the open round from another base",
            genuine -> changed(genuine, to -> to.setRound(1).setBaseHash(Hash.ZERO.toAvro())),
            RejectionReason.WRONG_BASE,
            "baseHash"),
        new Case(
            "another contract's notice",
            genuine ->
                WireFormat.ROUND_NOTICE.encode(
                    RoundNotice.newBuilder()
                        .setContract("other")
                        .setRound(1)
                        .setContributed(0)
                        .setMinPeers(2)
                        .setMissing(List.of())
                        .setMissingCount(0)
                        .setAbsent(List.of())
                        .setClosesAtMs(-1)
                        .setFence("x")
                        .setAtMs(1)
                        .build()),
            RejectionReason.WRONG_TOPIC,
            "contract"),
        new Case(
            "a record cut off",
            genuine -> new byte[] {'S', 'W', 3, 1, 0},
            RejectionReason.MALFORMED,
            ""),
        new Case(
            "a notice cut off",
            genuine -> new byte[] {'S', 'W', 4, 1, 100},
            RejectionReason.MALFORMED,
            ""),
        new Case("no record", genuine -> new byte[] {1, 2, 3}, RejectionReason.MALFORMED, ""),
        new Case("a deletion", genuine -> new byte[0], RejectionReason.MALFORMED, ""));
  }

  @ParameterizedTest
  @MethodSource("forgeries")
  void isReportedWhileARoundIsOpenAndTheTrainingGoesOn(Case foreign) throws Exception {
    try (SwarmRig rig = new SwarmRig(3, CONTRACT)) {
      contribute(rig, 0);
      rig.settle();
      write(rig, foreign.forgery().of(rig.records(CONTRACT).get(0)));
      rig.settle();
      assertReported(rig, foreign);
      contribute(rig, 1);
      rig.settle();
      contribute(rig, 2);
      rig.settle();
      assertThat(rig.records(CONTRACT))
          .extracting(RoundRecord::getRound)
          .containsExactly(0L, 1L, 2L);
      assertThat(rig.model(CONTRACT)).get().isEqualTo(CONTRACT.constant(3));
      assertThat(rig.rejections()).hasSize(1);
      Leftovers.assertNone(rig, CONTRACT);
    }
  }

  @ParameterizedTest
  @MethodSource("forgeries")
  void isReportedWhileARoundIsBeingSealedAndIsNotTakenForIt(Case foreign) throws Exception {
    try (SwarmRig rig = new SwarmRig(3, CONTRACT)) {
      contribute(rig, 0);
      rig.settle();
      rig.graph().hold(written -> WireFormat.ROUND_RECORD.frames(written.value()));
      contribute(rig, 1);
      rig.settle(); // sealing
      write(rig, foreign.forgery().of(rig.records(CONTRACT).get(0)));
      rig.settle();
      assertReported(rig, foreign);
      rig.graph().hold(written -> false);
      rig.settle();
      contribute(rig, 2);
      rig.settle();
      assertThat(rig.records(CONTRACT))
          .extracting(RoundRecord::getRound)
          .containsExactly(0L, 1L, 2L);
      assertThat(rig.rejections()).hasSize(1);
      Leftovers.assertNone(rig, CONTRACT);
    }
  }

  @Test
  void beforeTheContractIsKnownAnotherContractsRoundIsNoReasonToHalt() throws Exception {
    try (SwarmRig before = new SwarmRig(3, OTHER);
        SwarmRig rig = new SwarmRig(3)) {
      before.send(OTHER.contribution(0, 0, Hash.ZERO, OTHER.constant(1)));
      before.send(OTHER.contribution(1, 0, Hash.ZERO, OTHER.constant(1)));
      before.settle();
      write(rig, WireFormat.ROUND_RECORD.encode(before.records(OTHER).get(0)));
      rig.graph().run();
      rig.graph().contractEvents(CONTRACT.events());
      rig.settle();
      rig.advance(SwarmRig.NEW_CONTRACT_MS);
      contribute(rig, 0);
      rig.settle();
      assertThat(rig.records(CONTRACT)).hasSize(1);
    }
  }

  private static void assertReported(SwarmRig rig, Case foreign) throws Exception {
    assertThat(rig.rejections())
        .singleElement()
        .satisfies(
            told -> {
              assertThat(told.getContract()).isEqualTo("c");
              assertThat(told.getReason()).isEqualTo(foreign.reason().code());
              assertThat(told.getField()).isEqualTo(foreign.field());
              assertThat(told.getMessage()).contains("the job did not write it");
              assertThat(told)
                  .extracting(Rejection::getTopic, Rejection::getPartition, Rejection::getOffset)
                  .containsExactly("c.rounds", 0, OFFSET);
            });
  }

  private static void contribute(SwarmRig rig, long round) throws Exception {
    Hash base = rig.base(CONTRACT);
    rig.send(CONTRACT.contribution(0, round, base, CONTRACT.constant(1)));
    rig.send(CONTRACT.contribution(1, round, base, CONTRACT.constant(1)));
  }

  private static void write(SwarmRig rig, byte[] value) {
    rig.graph().roundRecord(new InboundRecord(Topic.ROUNDS.of("c"), 0, OFFSET, 0, value));
  }

  private static byte[] changed(RoundRecord genuine, Consumer<RoundRecord.Builder> change) {
    RoundRecord.Builder builder = RoundRecord.newBuilder(genuine);
    change.accept(builder);
    return WireFormat.ROUND_RECORD.encode(builder.build());
  }
}
