package io.swarmstream.jobs;

import io.swarmstream.clients.kafka.ContractTopics;
import io.swarmstream.clients.kafka.DeadlineException;
import io.swarmstream.clients.kafka.KafkaEndpoint;
import io.swarmstream.clients.kafka.MissingRightException;
import io.swarmstream.clients.kafka.TopicOptions;
import io.swarmstream.schemas.ContractEvent;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
 * Sees to it that a contract has its topics, and that the job may use them, before anything
 * downstream hears of it: a record for a topic that is not there would fail the sink, and with it
 * every contract.
 *
 * <p>Whatever is in the way, somebody may mend it: a missing right, a wrong setting, too few
 * brokers. So a contract that cannot be served yet waits, with all that happens to it, and is tried
 * again with growing pauses. The others go on.
 */
final class PrepareTopics extends KeyedProcessFunction<String, ContractEvent, ContractEvent> {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(PrepareTopics.class);
  private static final Duration DEADLINE = Duration.ofSeconds(10);
  private static final int LONGEST_PAUSE_DOUBLINGS = 6;

  /** Makes a contract's topics, or says why not. */
  @FunctionalInterface
  interface Topics extends Serializable {
    void create(String contract) throws InterruptedException;
  }

  // -- configuration
  private final Topics topics;

  // -- runtime
  /** What has happened to a contract that cannot be served yet, its creation first; else empty. */
  private transient ListState<ContractEvent> waiting;

  /** How often that was tried in vain; null: never. */
  private transient ValueState<Integer> failures;

  PrepareTopics(KafkaEndpoint kafka, TopicOptions options) {
    this(contract -> new ContractTopics(kafka, options).createForJob(contract, DEADLINE));
  }

  PrepareTopics(Topics topics) {
    this.topics = topics;
  }

  /** How long to wait after so many failures: a second at first, a minute at last. */
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
    } else if (event.kind() != ContractEvent.Kind.CREATED || succeeds(event.contract())) {
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
    if (!succeeds(context.getCurrentKey())) {
      tryLater(before + 1, context);
      return;
    }
    LOG.info("Contract {} is served now", context.getCurrentKey());
    List<ContractEvent> events = new ArrayList<>();
    waiting.get().forEach(events::add);
    waiting.clear();
    failures.clear();
    events.forEach(out::collect);
  }

  private void tryLater(int failed, Context context) throws Exception {
    failures.update(failed);
    long now = context.timerService().currentProcessingTime();
    context.timerService().registerProcessingTimeTimer(now + pauseMs(failed));
  }

  private boolean succeeds(String contract) throws InterruptedException {
    try {
      topics.create(contract);
      return true;
    } catch (MissingRightException | DeadlineException | IllegalStateException e) {
      LOG.error(
          "Contract {} is not served yet, and is tried again until it can be: {}",
          contract,
          e.getMessage());
      return false;
    }
  }
}
