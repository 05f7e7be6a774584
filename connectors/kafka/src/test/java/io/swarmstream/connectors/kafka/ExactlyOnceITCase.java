package io.swarmstream.connectors.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.clients.kafka.KafkaEndpoint;
import io.swarmstream.schemas.wire.InboundRecord;
import io.swarmstream.schemas.wire.OutboundRecord;
import io.swarmstream.schemas.wire.Topic;
import io.swarmstream.testkit.real.LargestRecord;
import io.swarmstream.testkit.real.SharedKafka;
import io.swarmstream.testkit.real.Writer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A job that copies deltas to models, through the source and the sink that real jobs use. */
class ExactlyOnceITCase {
  private static final String POISON = "poison";

  /** How often the job still fails on a poisoned record; the job runs in this JVM. */
  private static final AtomicInteger FAILURES_LEFT = new AtomicInteger();

  private final KafkaEndpoint endpoint = SharedKafka.endpoint();
  private final Writer writer = new Writer(endpoint);
  private JobClient job;

  @BeforeEach
  void startTheJob() throws Exception {
    FAILURES_LEFT.set(1);
    Configuration configuration = new Configuration();
    configuration.setString("execution.checkpointing.interval", "200 ms");
    configuration.setString("pipeline.generic-types", "false");
    configuration.setString("pipeline.auto-generate-uids", "false");
    configuration.setString("restart-strategy.type", "fixed-delay");
    configuration.setString("restart-strategy.fixed-delay.delay", "50 ms");
    configuration.setString("taskmanager.numberOfTaskSlots", "2");
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(2, configuration);
    env.fromSource(
            WireSource.of(endpoint, Topic.DELTAS)
                .groupId("copier")
                .discoveryInterval(Duration.ofMillis(200))
                .build(),
            WatermarkStrategy.noWatermarks(),
            "deltas")
        .uid("deltas")
        .map(new Copy())
        .uid("copy")
        .sinkTo(WireSink.of(endpoint, "copier").build())
        .uid("models");
    job = env.executeAsync("copy");
  }

  @AfterEach
  void stopTheJob() throws Exception {
    job.cancel().get(20, TimeUnit.SECONDS);
    writer.close();
  }

  @Test
  void copiesEachCommittedRecordOnceThoughTheJobFailsAndContractsCome() throws Exception {
    String incomplete = SharedKafka.newContract();
    try (Admin admin = Admin.create(endpoint.properties(Map.of(), Map.of()))) {
      NewTopic deltasOnly = new NewTopic(Topic.DELTAS.of(incomplete), 1, (short) 1);
      admin.createTopics(List.of(deltasOnly)).all().get(10, TimeUnit.SECONDS);
    }
    writer.commit(deltas(incomplete, List.of("has no models topic to be copied to")));

    String early = SharedKafka.newContractWithTopics();
    List<String> first = names("first", 50);
    writer.commit(deltas(early, first));
    writer.begin(deltas(early, List.of("never committed")));
    writer.abort();
    assertThat(models(early, first.size())).containsExactlyInAnyOrderElementsOf(first);

    String late = SharedKafka.newContractWithTopics();
    List<String> expected = new ArrayList<>(names("second", 20));
    expected.add(POISON);
    expected.addAll(names("third", 20));
    // All at once: what comes before the poison is with the broker, but in no checkpoint.
    writer.commit(deltas(late, expected));

    assertThat(models(late, expected.size())).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(FAILURES_LEFT).hasValueLessThan(1);
    assertThat(models(early, first.size())).containsExactlyInAnyOrderElementsOf(first);
  }

  @Test
  void copiesTheLargestChunk() throws Exception {
    String contract = SharedKafka.newContractWithTopics();
    byte[] largest = LargestRecord.deltaChunk("x".repeat(200));
    writer.commit(List.of(new OutboundRecord(Topic.DELTAS.of(contract), "0", largest)));
    assertThat(read(Topic.MODELS.of(contract), 1).get(0).value()).isEqualTo(largest);
  }

  private static List<String> names(String name, int count) {
    return IntStream.range(0, count).mapToObj(i -> name + "-" + i).toList();
  }

  private static List<OutboundRecord> deltas(String contract, List<String> values) {
    return values.stream()
        .map(value -> new OutboundRecord(Topic.DELTAS.of(contract), value, value.getBytes(UTF_8)))
        .toList();
  }

  private List<String> models(String contract, int count) {
    return read(Topic.MODELS.of(contract), count).stream()
        .map(record -> new String(record.value(), UTF_8))
        .toList();
  }

  /** Reads until there are that many records, and then a little longer: for one too many. */
  private List<ConsumerRecord<String, byte[]>> read(String topic, int count) {
    List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
    try (var consumer =
        new KafkaConsumer<>(
            endpoint.properties(Map.of(), Map.of("isolation.level", "read_committed")),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          List.of(new TopicPartition(topic, 0), new TopicPartition(topic, 1));
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
      while (records.size() < count && System.nanoTime() < end) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
      consumer.poll(Duration.ofMillis(500)).forEach(records::add);
    }
    return records;
  }

  /** Copies a delta to the models topic of its contract. */
  static final class Copy implements MapFunction<InboundRecord, OutboundRecord> {
    private static final long serialVersionUID = 1L;

    @Override
    public OutboundRecord map(InboundRecord delta) throws InterruptedException {
      String contract = Topic.DELTAS.contract(delta.topic()).orElseThrow();
      if (new String(delta.value(), UTF_8).equals(POISON) && FAILURES_LEFT.getAndDecrement() > 0) {
        // Time for the sink to send what came before; no checkpoint gets past this thread.
        Thread.sleep(100);
        throw new IllegalStateException("fails on purpose");
      }
      String key = delta.partition() + "-" + delta.offset();
      return new OutboundRecord(Topic.MODELS.of(contract), key, delta.value());
    }
  }
}
