package io.swarmstream.jobs;

import io.swarmstream.kafka.ContractTopics;
import io.swarmstream.kafka.DeadlineException;
import io.swarmstream.kafka.KafkaEndpoint;
import io.swarmstream.kafka.TopicOptions;
import io.swarmstream.schemas.ContractEvent;
import java.time.Duration;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that a contract has its topics before anything downstream hears of it: a record for a
 * topic that is not there would fail the sink, and with it every contract.
 */
final class PrepareTopics implements FlatMapFunction<ContractEvent, ContractEvent> {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(PrepareTopics.class);
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  // -- configuration
  private final KafkaEndpoint kafka;
  private final TopicOptions options;

  PrepareTopics(KafkaEndpoint kafka, TopicOptions options) {
    this.kafka = kafka;
    this.options = options;
  }

  /**
   * Passes an event on.
   *
   * @throws DeadlineException when Kafka does not answer: the job starts again, and so does this
   *     event
   */
  @Override
  public void flatMap(ContractEvent event, Collector<ContractEvent> out)
      throws InterruptedException {
    if (event.kind() == ContractEvent.Kind.CREATED) {
      try {
        new ContractTopics(kafka, options).create(event.contract(), DEADLINE);
      } catch (IllegalStateException e) {
        LOG.error(
            "Contract {} is not served: {} When that is mended, create it under another name.",
            event.contract(),
            e.getMessage(),
            e);
        return;
      }
    }
    out.collect(event);
  }
}
