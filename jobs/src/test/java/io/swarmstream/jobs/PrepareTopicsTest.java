package io.swarmstream.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.clients.kafka.DeadlineException;
import io.swarmstream.schemas.ContractEvent;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.testkit.TestContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A contract whose topics cannot be made waits until they can; others do not wait for it. */
class PrepareTopicsTest {
  private static final TestContract DENIED = TestContract.of("denied", "mean", 2, 2, 30_000);
  private static final TestContract ALLOWED = TestContract.of("allowed", "mean", 2, 2, 30_000);

  /** By contract: why its topics cannot be made. Static, since the function is serialised. */
  private static final Map<String, RuntimeException> REASONS = new ConcurrentHashMap<>();

  private static final List<String> TRIED = new ArrayList<>();

  private KeyedOneInputStreamOperatorTestHarness<String, ContractEvent, ContractEvent> harness;

  @BeforeEach
  void open() throws Exception {
    REASONS.clear();
    TRIED.clear();
    harness = harness();
    harness.open();
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  @Test
  void whatHappensToADeniedContractWaitsInOrderUntilTheRightIsThere() throws Exception {
    REASONS.put("denied", new IllegalStateException("may not CREATE"));
    for (ContractEvent event : DENIED.events()) {
      harness.processElement(event, 0);
    }
    for (ContractEvent event : ALLOWED.events()) {
      harness.processElement(event, 0);
    }
    assertThat(harness.extractOutputValues()).isEqualTo(ALLOWED.events());

    harness.setProcessingTime(10_000);
    assertThat(harness.extractOutputValues()).hasSize(ALLOWED.events().size());
    assertThat(TRIED).containsExactly("denied", "allowed", "denied");

    REASONS.clear();
    harness.setProcessingTime(80_000);
    List<ContractEvent> all = new ArrayList<>(ALLOWED.events());
    all.addAll(DENIED.events());
    assertThat(harness.extractOutputValues()).isEqualTo(all);
    assertThat(harness.numKeyedStateEntries()).isZero();
    assertThat(harness.numProcessingTimeTimers()).isZero();

    ContractEvent later = ContractEvent.removed(9, 0, "denied", DENIED.site(0).address());
    harness.processElement(later, 0);
    assertThat(harness.extractOutputValues()).endsWith(later);
  }

  @Test
  void tooFewBrokersForOneContractDoNotStopTheJob() throws Exception {
    REASONS.put("denied", new DeadlineException("replication factor"));
    harness.processElement(DENIED.events().get(0), 0);
    assertThat(harness.extractOutputValues()).isEmpty();
    REASONS.clear();
    harness.setProcessingTime(PrepareTopics.pauseMs(1));
    assertThat(harness.extractOutputValues()).isEqualTo(DENIED.events().subList(0, 1));
  }

  @Test
  void itWaitsOnAfterARestart() throws Exception {
    REASONS.put("denied", new IllegalStateException("may not CREATE"));
    for (ContractEvent event : DENIED.events()) {
      harness.processElement(event, 0);
    }
    OperatorSubtaskState state = harness.snapshot(1, 1);
    harness.close();
    harness = harness();
    harness.initializeState(state);
    harness.open();
    REASONS.clear();
    harness.setProcessingTime(80_000);
    assertThat(harness.extractOutputValues()).isEqualTo(DENIED.events());
  }

  @Test
  void thePausesGrowToAMinute() {
    assertThat(PrepareTopics.pauseMs(1)).isEqualTo(1_000);
    assertThat(PrepareTopics.pauseMs(3)).isEqualTo(4_000);
    assertThat(PrepareTopics.pauseMs(1_000)).isEqualTo(60_000);
  }

  private static void create(ContractTerms terms) {
    String contract = terms.contract();
    TRIED.add(contract);
    if (REASONS.containsKey(contract)) {
      throw REASONS.get(contract);
    }
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, ContractEvent, ContractEvent>
      harness() throws Exception {
    return new KeyedOneInputStreamOperatorTestHarness<>(
        new KeyedProcessOperator<>(new PrepareTopics(PrepareTopicsTest::create)),
        ContractEvent::contract,
        Types.STRING);
  }
}
