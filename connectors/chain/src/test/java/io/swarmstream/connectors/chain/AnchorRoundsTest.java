package io.swarmstream.connectors.chain;

import static io.swarmstream.testkit.real.DevChain.anchor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.swarmstream.schemas.Anchor;
import java.time.Duration;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class AnchorRoundsTest {
  /** Long enough for the sending thread to do what it must not do. */
  private static final Duration A_WHILE = Duration.ofMillis(300);

  private final FakeAnchoring chain = new FakeAnchoring();
  private OneInputStreamOperatorTestHarness<Anchor, Void> job = open(1);

  @AfterEach
  void close() throws Exception {
    chain.release.countDown();
    job.close();
  }

  @Test
  void refusesToRunInParallel() throws Exception {
    job.close();

    assertThatThrownBy(() -> open(2))
        .rootCause()
        .hasMessageContaining("runs with parallelism 2")
        .hasMessageContaining("setParallelism(1)");
  }

  @Test
  void sendsAtOnce() throws Exception {
    receive("a", 0);

    awaitSent("a 0");
  }

  @Test
  void sendsTheRoundsOfAContractInOrder() throws Exception {
    receive("a", 0);
    receive("a", 1);
    receive("a", 2);

    awaitSent("a 0", "a 1", "a 2");
  }

  @Test
  void triesUntilTheChainIsBack() throws Exception {
    chain.isAway = true;
    receive("a", 0);
    receive("a", 1);
    assertStaysAt();

    chain.isAway = false;

    awaitSent("a 0", "a 1");
  }

  @Test
  void neverWaitsForTheChainInTheTasksThread() throws Exception {
    chain.isStuck = true;
    receive("a", 0);

    // With the sending thread stuck, the test's own thread, which is the task's, goes on.
    receive("a", 1);
    assertThat(pending(job.snapshot(3, 3))).isEqualTo(2);

    chain.isStuck = false;
    chain.release.countDown();
    awaitSent("a 0", "a 1");
  }

  @Test
  void sendsWhatWasUnfinishedAfterARestore() throws Exception {
    chain.isAway = true;
    receive("a", 0);
    receive("a", 1);
    OperatorSubtaskState state = job.snapshot(1, 1);
    job.close();
    chain.isAway = false;
    assertStaysAt();

    restore(state);

    awaitSent("a 0", "a 1");
  }

  /** A change that breaks this makes every running job lose the anchors that it owes the chain. */
  @Test
  void takesUpTheStateOfAnEarlierVersion() throws Exception {
    job.close();

    restore(WriteGoldenAnchors.read());

    waiting()
        .untilAsserted(
            () -> assertThat(chain.sent()).containsExactlyInAnyOrder("a 0", "a 1", "a 2", "b 0"));
    receive("a", 2); // the same anchor, not a second record of the round
    receive("a", 3);
    waiting().untilAsserted(() -> assertThat(chain.sent()).hasSize(5).endsWith("a 3"));
  }

  @Test
  void sendsAgainWhatItMayHaveSentBeforeACrash() throws Exception {
    receive("a", 0);
    OperatorSubtaskState state = job.snapshot(1, 1);
    awaitSent("a 0");
    job.close();

    restore(state);

    awaitSent("a 0", "a 0");
    receive("a", 1);
    awaitSent("a 0", "a 0", "a 1");
  }

  @Test
  void haltsAContractWhoseRoundHasAnotherRecordAndNoOther() throws Exception {
    chain.anchor(anchor("a", 0, "of a second coordinator"));
    receive("a", 0);
    receive("a", 1);
    receive("b", 0);
    awaitSent("a 0", "b 0");

    receive("a", 2);
    receive("b", 1);

    awaitSent("a 0", "b 0", "b 1");
    assertStaysAt("a 0", "b 0", "b 1");
  }

  @Test
  void haltsAContractOfWhichItGetsTwoRecordsForARound() throws Exception {
    receive("a", 0);
    job.processElement(anchor("a", 0, "another record"), 0);
    receive("a", 1);
    receive("b", 0);

    waiting().until(() -> chain.sent().contains("b 0"));
    assertThat(chain.sent()).doesNotContain("a 1");
  }

  @Test
  void letsOtherContractsGoOnWhenOneIsRefused() throws Exception {
    chain.refused.add("a");
    receive("a", 0);
    receive("b", 0);
    awaitSent("b 0");

    chain.refused.clear();

    awaitSent("b 0", "a 0");
  }

  @Test
  void sendsRoundsAgainThatTheChainLost() throws Exception {
    for (int round = 0; round < 4; round++) {
      receive("a", round);
    }
    awaitSent("a 0", "a 1", "a 2", "a 3");

    chain.forgetFrom("a", 2);
    receive("a", 4);

    awaitSent("a 0", "a 1", "a 2", "a 3", "a 2", "a 3", "a 4");
  }

  @Test
  void remembersNoMoreThanItHasTo() throws Exception {
    for (int round = 0; round < 200; round++) {
      receive("a", round);
    }
    waiting().until(() -> chain.sent().size() == 200);

    waiting().until(() -> pending(job.snapshot(2, 2)) == AnchorLane.REMEMBERED_ROUNDS);
  }

  private void receive(String contract, long round) throws Exception {
    job.processElement(anchor(contract, round, "record " + round), 0);
  }

  private void restore(OperatorSubtaskState state) throws Exception {
    job = harness(1);
    job.initializeState(state);
    job.open();
  }

  private OneInputStreamOperatorTestHarness<Anchor, Void> open(int parallelism) {
    try {
      var opened = harness(parallelism);
      opened.open();
      return opened;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private OneInputStreamOperatorTestHarness<Anchor, Void> harness(int parallelism)
      throws Exception {
    return new OneInputStreamOperatorTestHarness<>(
        new ProcessOperator<>(new AnchorRounds(chain.factory())), parallelism, parallelism, 0);
  }

  /** Anchors in a snapshot. */
  private static long pending(OperatorSubtaskState state) {
    return state.getManagedOperatorState().stream()
        .flatMap(handle -> handle.getStateNameToPartitionOffsets().values().stream())
        .mapToLong(partition -> partition.getOffsets().length)
        .sum();
  }

  private void awaitSent(String... expected) {
    waiting().untilAsserted(() -> assertThat(chain.sent()).containsExactly(expected));
  }

  private void assertStaysAt(String... expected) {
    waiting()
        .during(A_WHILE)
        .untilAsserted(() -> assertThat(chain.sent()).containsExactly(expected));
  }

  /** In the test's own thread, which is the task's. */
  private static ConditionFactory waiting() {
    return await().pollInSameThread().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5));
  }
}
