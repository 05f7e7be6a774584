package io.swarmstream.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.operators.rig.SwarmRig;
import io.swarmstream.schemas.ContractEvent;
import io.swarmstream.schemas.avro.Participant;
import io.swarmstream.schemas.avro.Rejection;
import io.swarmstream.schemas.avro.RoundNotice;
import io.swarmstream.schemas.avro.RoundPlan;
import io.swarmstream.schemas.avro.RoundRecord;
import io.swarmstream.schemas.rounds.RejectionReason;
import io.swarmstream.schemas.wire.InboundRecord;
import io.swarmstream.schemas.wire.MalformedRecordException;
import io.swarmstream.schemas.wire.ModelKeys;
import io.swarmstream.schemas.wire.OutboundRecord;
import io.swarmstream.schemas.wire.Topic;
import io.swarmstream.schemas.wire.WireFormat;
import io.swarmstream.testkit.TestContract;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The first valid plan of a round in the log is the round, whatever happens afterwards. */
class PlanTest {
  private static final long GRACE_MS = 2_000;
  private static final long CLAIMED_AGAIN_MS = 10_000;
  private static final TestContract CONTRACT = TestContract.of("c", "mean", 3, 2, GRACE_MS);

  /** The removal is read before or after the deltas, as the seed has it. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void keepsASiteInThatWasRemovedAfterIt(long seed) throws Exception {
    try (SwarmRig rig = saved(seed)) {
      rig.graph().hold(PlanTest::isOutcome);
      contribute(rig, 0, 0, 1, 2);
      rig.settle();
      rig.graph()
          .contractEvents(
              List.of(ContractEvent.removed(1_000, 0, "c", CONTRACT.site(2).address())));
      rig.graph().crash(2);
      rig.settle();

      assertThat(participants(rig, 0)).containsExactlyInAnyOrder("site-1", "site-2", "site-3");
      assertThat(rig.rejections()).isEmpty();
      contribute(rig, 1, 0, 1);
      rig.settle();
      assertThat(participants(rig, 1)).containsExactlyInAnyOrder("site-1", "site-2");
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void leavesOutWhoCameAfterIt(long seed) throws Exception {
    try (SwarmRig rig = saved(seed)) {
      contribute(rig, 0, 0, 1);
      rig.settle();
      rig.graph().hold(PlanTest::isOutcome);
      rig.advance(GRACE_MS);
      contribute(rig, 0, 2);
      rig.graph().crash(1);
      rig.settle();

      assertThat(participants(rig, 0)).containsExactlyInAnyOrder("site-1", "site-2");
      assertThat(rig.records(CONTRACT).get(0).getLeftOut()).containsExactly("site-3");
      assertThat(rig.rejections()).isNotEmpty();
      assertThat(rig.rejections())
          .allSatisfy(
              told ->
                  assertThat(told.getReason())
                      .isIn(RejectionReason.INCOMPLETE.code(), RejectionReason.STALE_ROUND.code()));
    }
  }

  @Test
  void isFollowedThroughSeveralRoundsThatACrashUndid() throws Exception {
    try (SwarmRig rig = saved(1)) {
      for (int round = 0; round < 4; round++) {
        contribute(rig, round, 0, 1, 2);
        rig.settle();
      }
      List<RoundRecord> before = rig.records(CONTRACT);
      rig.graph().crash(2);
      rig.settle();

      assertThat(rig.records(CONTRACT)).hasSize(8).startsWith(before.toArray(RoundRecord[]::new));
      assertThat(rig.records(CONTRACT)).endsWith(before.toArray(RoundRecord[]::new));
      assertThat(rig.graph().refusedAnchors()).isEmpty();
      contribute(rig, 4, 0, 1, 2);
      rig.settle();
      assertThat(participants(rig, 4)).hasSize(3);
      Leftovers.assertNone(rig, CONTRACT);
    }
  }

  @Test
  void isVoidIfItsFenceIsNotInForce() throws Exception {
    try (SwarmRig rig = saved(1)) {
      contribute(rig, 0, 0, 1, 2);
      rig.settle();
      RoundPlan first = plan(rig);
      rig.graph().crash(1);
      rig.settle();
      RoundRecord sealed = rig.records(CONTRACT).get(0);
      write(
          rig,
          WireFormat.ROUND_PLAN.encode(
              RoundPlan.newBuilder(first)
                  .setRound(1)
                  .setBaseHash(sealed.getModelHash())
                  .setParticipants(first.getParticipants().subList(0, 1))
                  .setSigned(first.getSigned().subList(0, 1))
                  .build()));
      rig.settle();
      contribute(rig, 1, 0, 1, 2);
      rig.settle();

      assertThat(participants(rig, 1)).hasSize(3);
      Leftovers.assertNone(rig, CONTRACT);
    }
  }

  @Test
  void isNotMadeWhileAnotherJobHasTheContract() throws Exception {
    try (SwarmRig rig = saved(1)) {
      write(rig, WireFormat.ROUND_NOTICE.encode(fence(rig.graph().nowMs() + 1_000_000)));
      rig.settle();
      contribute(rig, 0, 0, 1, 2);
      rig.settle();
      assertThat(rig.records(CONTRACT)).isEmpty();

      rig.advance(CLAIMED_AGAIN_MS);
      rig.advance(CLAIMED_AGAIN_MS);

      assertThat(participants(rig, 0)).hasSize(3);
      Leftovers.assertNone(rig, CONTRACT);
    }
  }

  @Test
  void isNotMadeBeforeACheckpointHasTheContract() throws Exception {
    try (SwarmRig rig = new SwarmRig(1)) {
      rig.graph().contractEvents(CONTRACT.events());
      contribute(rig, 0, 0, 1, 2);
      rig.graph().run();
      rig.graph().tick(SwarmRig.NEW_CONTRACT_MS);
      rig.graph().run();
      assertThat(rig.graph().rounds).noneMatch(written -> isPlan(written));

      rig.settle();
      rig.advance(SwarmRig.NEW_CONTRACT_MS);
      contribute(rig, 0, 0, 1, 2); // what came before the contract was dropped
      rig.settle();

      assertThat(participants(rig, 0)).hasSize(3);
    }
  }

  /** What a crash goes back to must still be in the log, however long the job is away. */
  @Test
  void waitsForACheckpointBeforeItsModelReplacesTheOneOfTheCheckpoint() throws Exception {
    int kept = ModelKeys.keptModels(CONTRACT.terms().chunks().chunkCount());
    try (SwarmRig rig = saved(1)) {
      for (int round = 0; round < kept; round++) {
        contribute(rig, round, 0, 1, 2);
        rig.graph().run();
      }
      assertThat(rig.records(CONTRACT)).hasSize(kept - 1);

      rig.graph().commit(); // as if a checkpoint had been and gone
      rig.advance(20);

      assertThat(rig.records(CONTRACT)).hasSize(kept);
    }
  }

  @Test
  void isFollowedFromTheModelOfTheCheckpointThoughTheLogWasCompacted() throws Exception {
    int kept = ModelKeys.keptModels(CONTRACT.terms().chunks().chunkCount());
    try (SwarmRig rig = saved(1)) {
      contribute(rig, 0, 0, 1, 2);
      rig.settle();
      rig.graph().startCheckpoint();
      rig.settle();
      for (int round = 1; round < kept + 2; round++) {
        contribute(rig, round, 0, 1, 2);
        rig.graph().run();
      }
      int done = rig.records(CONTRACT).size();
      rig.graph().crash(1);
      rig.settle();
      rig.advance(1_000);
      contribute(rig, done + 1, 0, 1, 2); // it sent to round "done" before the crash
      rig.settle();

      assertThat(done).isEqualTo(kept);
      assertThat(rig.newestRecord(CONTRACT))
          .get()
          .extracting(RoundRecord::getRound)
          .isEqualTo(done + 1L);
      assertThat(rig.model(CONTRACT)).get().isEqualTo(CONTRACT.constant(done + 2));
    }
  }

  @Test
  void cannotBeFollowedFromAStateThatIsTooOld() throws Exception {
    int kept = ModelKeys.keptModels(CONTRACT.terms().chunks().chunkCount());
    try (SwarmRig rig = saved(1)) {
      playRounds(rig, 0, kept + 2);
      rig.graph().crash(1); // to the checkpoint of before round 0
      rig.settle();

      assertHalted(rig, kept + 2);
    }
  }

  @Test
  void cannotBeFollowedFromAStateThatIsTooOldWhileARoundIsBeingSealed() throws Exception {
    int kept = ModelKeys.keptModels(CONTRACT.terms().chunks().chunkCount());
    try (SwarmRig rig = saved(1)) {
      rig.graph().hold(PlanTest::isOutcome);
      contribute(rig, 0, 0, 1, 2);
      rig.settle();
      rig.graph().startCheckpoint(); // in SEALING; it also writes what was held
      rig.graph().hold(written -> false);
      rig.settle();
      playRounds(rig, 1, kept + 3);
      rig.graph().crash(1);
      rig.settle();

      assertHalted(rig, kept + 3);
    }
  }

  /** A plan that only seemed lost may not count beside the one that is made in its place. */
  @Test
  void isVoidIfAnotherOneWasMadeBecauseItDidNotComeInTime() throws Exception {
    try (SwarmRig rig = saved(1)) {
      contribute(rig, 0, 0, 1);
      rig.settle();
      rig.graph().hold(PlanTest::isPlan);
      rig.advance(GRACE_MS);
      RoundPlan late = plan(rig);
      contribute(rig, 0, 2);
      rig.advance(30_000); // claims again
      rig.graph().hold(written -> false);
      rig.settle();

      List<String> in = participants(rig, 0);
      assertThat(late.getParticipants()).hasSize(2);
      assertThat(rig.records(CONTRACT)).hasSize(1);
      assertThat(in).hasSizeBetween(2, 3);
      rig.graph().crash(1);
      rig.settle();
      assertThat(rig.records(CONTRACT).stream().distinct()).hasSize(1);
      contribute(rig, 1, 0, 1, 2);
      rig.settle();
      assertThat(participants(rig, 1)).hasSize(3);
      Leftovers.assertNone(rig, CONTRACT);
    }
  }

  @Test
  void isMadeAlsoIfTheFenceWasLost() throws Exception {
    try (SwarmRig rig = saved(1)) {
      rig.graph().crash(1);
      rig.graph().hold(written -> WireFormat.ROUND_NOTICE.frames(written.value()));
      contribute(rig, 0, 0, 1, 2);
      rig.settle();
      rig.graph().loseUncommitted();
      rig.graph().hold(written -> false);
      assertThat(rig.records(CONTRACT)).isEmpty();

      rig.advance(30_000);
      rig.advance(5_000); // at the latest with the next notice

      assertThat(participants(rig, 0)).hasSize(3);
    }
  }

  /** Without a checkpoint, though the job believes that there were some. */
  private static void playRounds(SwarmRig rig, int first, int end) throws Exception {
    for (int round = first; round < end; round++) {
      contribute(rig, round, 0, 1, 2);
      rig.settle();
      rig.advance(20);
    }
  }

  private static void assertHalted(SwarmRig rig, long nextRound) throws Exception {
    contribute(rig, nextRound, 0);
    rig.settle();

    assertThat(rig.rejections())
        .last()
        .extracting(Rejection::getReason)
        .isEqualTo(RejectionReason.NOT_RESTORED.code());
  }

  /** A checkpoint has the contract. */
  private static SwarmRig saved(long seed) throws Exception {
    SwarmRig rig = new SwarmRig(seed, CONTRACT);
    rig.graph().startCheckpoint();
    rig.settle();
    return rig;
  }

  private static boolean isOutcome(OutboundRecord written) {
    return WireFormat.ROUND_RECORD.frames(written.value())
        || WireFormat.MODEL_CHUNK.frames(written.value());
  }

  private static boolean isPlan(OutboundRecord written) {
    return WireFormat.ROUND_PLAN.frames(written.value());
  }

  private static RoundPlan plan(SwarmRig rig) throws MalformedRecordException {
    return WireFormat.ROUND_PLAN.decode(
        rig.graph().rounds.stream().filter(PlanTest::isPlan).findFirst().orElseThrow().value());
  }

  private static RoundNotice fence(long number) {
    return RoundNotice.newBuilder()
        .setContract("c")
        .setRound(-1)
        .setContributed(0)
        .setMinPeers(2)
        .setMissing(List.of())
        .setMissingCount(0)
        .setAbsent(List.of())
        .setClosesAtMs(-1)
        .setFence(number + "/of another job")
        .setAtMs(0)
        .build();
  }

  private static void write(SwarmRig rig, byte[] value) {
    rig.graph().roundRecord(new InboundRecord(Topic.ROUNDS.of("c"), 0, 1_000, 0, value));
  }

  private static void contribute(SwarmRig rig, long round, int... sites) throws Exception {
    for (int site : sites) {
      rig.send(CONTRACT.contribution(site, round, rig.base(CONTRACT), CONTRACT.constant(1)));
    }
  }

  private static List<String> participants(SwarmRig rig, long round) throws Exception {
    return rig.records(CONTRACT).stream()
        .filter(record -> record.getRound() == round)
        .findFirst()
        .orElseThrow()
        .getParticipants()
        .stream()
        .map(Participant::getName)
        .toList();
  }
}
