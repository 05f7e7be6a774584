package io.swarmstream.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.operators.rig.GraphRig;
import io.swarmstream.operators.rig.SwarmRig;
import io.swarmstream.schemas.wire.InboundRecord;
import io.swarmstream.schemas.wire.OutboundRecord;
import io.swarmstream.schemas.wire.WireFormat;
import io.swarmstream.testkit.TestContract;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The log loses what the job wrote; the same is written again. */
class LostRecordTest {
  private static final long FIRST_PAUSE_MS = 30_000;
  private static final TestContract CONTRACT = contract("mean");

  @ParameterizedTest
  @ValueSource(strings = {"mean", "coordmedian", "geomedian"})
  void isPublishedAgainWithTheSameBytesAndTheRoundGoesOn(String method) throws Exception {
    TestContract contract = contract(method);
    try (SwarmRig rig = new SwarmRig(1, contract)) {
      contributeAll(rig, contract, 0);
      rig.settle();
      GraphRig graph = rig.graph();
      graph.models.clear(); // of round 0
      graph.hold(LostRecordTest::isOutcome);
      contributeAll(rig, contract, 1);
      rig.settle();
      List<OutboundRecord> models = List.copyOf(graph.models);
      OutboundRecord record = graph.rounds.get(graph.rounds.size() - 1);
      lose(graph);
      rig.advance(FIRST_PAUSE_MS - 1);
      assertThat(graph.models).isEmpty();
      assertThat(graph.rounds).doesNotContain(record);
      rig.advance(1);
      assertThat(graph.models).containsExactlyInAnyOrderElementsOf(models);
      assertThat(graph.rounds).containsOnlyOnce(record);
      contributeAll(rig, contract, 2);
      rig.settle();
      assertThat(rig.records(contract)).hasSize(3);
      assertThat(rig.model(contract)).get().isEqualTo(contract.constant(6));
      assertThat(graph.anchors).extracting(anchor -> anchor.round()).containsExactly(0L, 1L, 2L);
      assertThat(rig.rejections()).isEmpty();
      Leftovers.assertNone(rig, contract);
    }
  }

  @Test
  void takesContributionsThatWereWaitingForIt() throws Exception {
    try (SwarmRig rig = new SwarmRig(1, CONTRACT)) {
      rig.graph().hold(LostRecordTest::isOutcome);
      contributeAll(rig, CONTRACT, 0);
      rig.settle();
      contributeAll(rig, CONTRACT, 1);
      rig.settle();
      lose(rig.graph());
      rig.advance(FIRST_PAUSE_MS);
      assertThat(rig.graph().anchors).hasSize(2);
      assertThat(rig.rejections()).isEmpty();
      Leftovers.assertNone(rig, CONTRACT);
    }
  }

  @Test
  void doesNoHarmWhenItWasOnlyLate() throws Exception {
    try (SwarmRig rig = new SwarmRig(1, CONTRACT)) {
      rig.graph().hold(LostRecordTest::isOutcome);
      contributeAll(rig, CONTRACT, 0);
      rig.settle();
      OutboundRecord record = rig.graph().rounds.get(rig.graph().rounds.size() - 1);
      rig.advance(FIRST_PAUSE_MS);
      rig.graph().hold(written -> false); // both come
      rig.settle();
      assertThat(rig.graph().rounds.stream().filter(record::equals)).hasSize(2);
      contributeAll(rig, CONTRACT, 1);
      rig.settle();
      rig.graph().hold(LostRecordTest::isOutcome);
      contributeAll(rig, CONTRACT, 2);
      rig.settle();
      readAgain(rig, record); // while round 2 is sealing
      rig.graph().hold(written -> false);
      rig.settle();
      readAgain(rig, record); // while round 3 is open
      assertThat(rig.graph().anchors)
          .extracting(anchor -> anchor.round())
          .containsExactly(0L, 1L, 2L);
      assertThat(rig.model(CONTRACT)).get().isEqualTo(CONTRACT.constant(6));
      Leftovers.assertNone(rig, CONTRACT);
    }
  }

  @Test
  void isWaitedForLongerWhenTheModelIsLarge() throws Exception {
    TestContract large = TestContract.of("large", "mean", 2, 2, 30_000, 1_000_000, 245_760);
    long longerMs = 1_000_000L * Float.BYTES * 3 / 25_000; // two deltas and the model
    try (SwarmRig rig = new SwarmRig(1, large)) {
      rig.graph().hold(LostRecordTest::isOutcome);
      contributeAll(rig, large, 0);
      rig.settle();
      lose(rig.graph());
      rig.advance(FIRST_PAUSE_MS + longerMs - 1);
      assertThat(rig.records(large)).isEmpty();
      rig.advance(1);
      assertThat(rig.records(large)).hasSize(1);
    }
  }

  @Test
  void isWaitedForAnewAfterARestart() throws Exception {
    try (SwarmRig rig = new SwarmRig(1, CONTRACT)) {
      rig.graph().hold(LostRecordTest::isOutcome);
      contributeAll(rig, CONTRACT, 0);
      rig.settle();
      lose(rig.graph());
      rig.graph().checkpointAndCrash(2);
      rig.graph().hold(LostRecordTest::isOutcome);
      rig.advance(20 * FIRST_PAUSE_MS); // away
      lose(rig.graph());
      assertThat(rig.records(CONTRACT)).isEmpty();
      rig.advance(FIRST_PAUSE_MS);
      assertThat(rig.records(CONTRACT)).hasSize(1);
      assertThat(rig.graph().anchors).hasSize(1);
      Leftovers.assertNone(rig, CONTRACT);
    }
  }

  @Test
  void mayBeARoundsPlan() throws Exception {
    try (SwarmRig rig = new SwarmRig(1, CONTRACT)) {
      rig.graph().hold(written -> WireFormat.ROUND_PLAN.frames(written.value()));
      contributeAll(rig, CONTRACT, 0);
      rig.settle();
      lose(rig.graph());
      assertThat(rig.records(CONTRACT)).isEmpty();
      rig.advance(FIRST_PAUSE_MS);
      assertThat(rig.records(CONTRACT)).hasSize(1);
      Leftovers.assertNone(rig, CONTRACT);
    }
  }

  /** What follows from a plan. */
  private static boolean isOutcome(OutboundRecord written) {
    return WireFormat.ROUND_RECORD.frames(written.value())
        || WireFormat.MODEL_CHUNK.frames(written.value());
  }

  private static void lose(GraphRig graph) {
    graph.loseUncommitted();
    graph.hold(written -> false);
  }

  private static void readAgain(SwarmRig rig, OutboundRecord record) throws Exception {
    rig.graph().roundRecord(new InboundRecord(record.topic(), 0, 1_000, 0, record.value()));
    rig.settle();
  }

  private static TestContract contract(String method) {
    return TestContract.of("c", method, 2, 2, 30_000);
  }

  private static void contributeAll(SwarmRig rig, TestContract contract, long round)
      throws Exception {
    for (int site = 0; site < contract.sites().size(); site++) {
      rig.send(contract.contribution(site, round, rig.base(contract), contract.constant(2)));
    }
  }
}
