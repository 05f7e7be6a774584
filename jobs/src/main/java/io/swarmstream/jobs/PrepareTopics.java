package io.swarmstream.jobs;

import io.swarmstream.clients.kafka.ContractTopics;
import io.swarmstream.clients.kafka.DeadlineException;
import io.swarmstream.clients.kafka.KafkaEndpoint;
import io.swarmstream.clients.kafka.MissingRightException;
import io.swarmstream.clients.kafka.TopicOptions;
import io.swarmstream.schemas.ContractEvent;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.wire.Topic;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ensures that a contract has its topics, and that the job may use them, before any operator
 * downstream learns of the contract: a record for a missing topic would fail the sink, and with it
 * all contracts.
 *
 * <p>A missing right, a wrong setting or too few brokers can be corrected. A contract that cannot
 * be served yet therefore waits, with all its events, and is retried with growing pauses. The
 * others continue.
 */
final class PrepareTopics extends KeyedProcessFunction<String, ContractEvent, ContractEvent> {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(PrepareTopics.class);
  private static final Duration DEADLINE = Duration.ofSeconds(10);
  private static final int LONGEST_PAUSE_DOUBLINGS = 6;

  /** Creates a contract's topics, or returns why it could not. */
  @FunctionalInterface
  interface Topics extends Serializable {
    void create(ContractTerms terms) throws InterruptedException;
  }

  // -- configuration
  private final Topics topics;

  // -- runtime
  /** The events of a contract that cannot be served yet, its creation first; otherwise empty. */
  private transient ListState<ContractEvent> waiting;

  /** Number of failed attempts; null: none. */
  private transient ValueState<Integer> failures;

  PrepareTopics(KafkaEndpoint kafka, TopicOptions options) {
    this(
        terms ->
            new ContractTopics(kafka, options)
                .createForJob(terms.contract(), Topic.kindsOf(terms), DEADLINE));
  }

  PrepareTopics(Topics topics) {
    this.topics = topics;
  }

  /** The pause after a number of failures: from a second up to a minute. */
  static long pauseMs(int failures) {
    return Math.min(60_000L, 1_000L << Math.min(failures - 1, LONGEST_PAUSE_DOUBLINGS));
  }

  @Override
  public void open(OpenContext context) {
    waiting =
        getRuntimeContext()
            .getListState(
                new ListStateDescriptor<>(
                    "waiting-events", TypeInformation.of(ContractEvent.class)));
    failures = getRuntimeContext().getState(new ValueStateDescriptor<>("failures", Types.INT));
  }

  @Override
  public void processElement(ContractEvent event, Context context, Collector<ContractEvent> out)
      throws Exception {
    if (failures.value() != null) {
      waiting.add(event);
    } else if (event.kind() != ContractEvent.Kind.CREATED || succeeds(event)) {
      out.collect(event);
    } else {
      waiting.add(event);
      tryLater(1, context);
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<ContractEvent> out)
      throws Exception {
    @Nullable Integer before = failures.value();
    if (before == null) {
      return;
    }
    List<ContractEvent> events = new ArrayList<>();
    waiting.get().forEach(events::add);
    if (!succeeds(events.get(0))) {
      tryLater(before + 1, context);
      return;
    }
    LOG.info("Contract {} is served now", context.getCurrentKey());
    waiting.clear();
    failures.clear();
    events.forEach(out::collect);
  }

  private void tryLater(int failed, Context context) throws Exception {
    failures.update(failed);
    long now = context.timerService().currentProcessingTime();
    context.timerService().registerProcessingTimeTimer(now + pauseMs(failed));
  }

  private boolean succeeds(ContractEvent creation) throws InterruptedException {
    try {
      topics.create(Objects.requireNonNull(creation.terms()));
      return true;
    } catch (MissingRightException | DeadlineException | IllegalStateException e) {
      LOG.error(
          "Contract {} is not served yet, and is tried again until it can be: {}",
          creation.contract(),
          e.getMessage());
      return false;
    }
  }
}
