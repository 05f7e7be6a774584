package io.swarmstream.testkit.real;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstream.clients.kafka.KafkaEndpoint;
import io.swarmstream.clients.kafka.KafkaRecordLog;
import io.swarmstream.schemas.wire.OutboundRecord;
import io.swarmstream.schemas.wire.RecordGoneException;
import io.swarmstream.schemas.wire.RecordLog;
import io.swarmstream.schemas.wire.Topic;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.management.ObjectName;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KafkaRecordLogITCase {
  private static final long HOUR_MS = 3_600_000;
  private static final String READER = "test";

  /** Bytes of a record, many more than those of answers without records. */
  private static final int LARGE = 100_000;

  private final KafkaEndpoint endpoint = SharedKafka.endpoint();
  private final Writer writer = new Writer(endpoint);
  private final RecordLog log = KafkaRecordLog.at(endpoint).open(READER);
  private final long nowMs = System.currentTimeMillis();
  private String topic = "";

  @BeforeEach
  void makeTopic() throws InterruptedException {
    topic = Topic.MODELS.of(SharedKafka.newContractWithTopics());
  }

  @AfterEach
  void close() {
    log.close();
    writer.close();
  }

  @Test
  void findsARecordByItsKeyAndTime() throws Exception {
    List<OutboundRecord> records = new ArrayList<>();
    for (int round = 0; round < 3; round++) {
      for (int chunk = 0; chunk < 20; chunk++) {
        records.add(record(chunk, round, nowMs + round));
      }
    }
    writer.commit(records);

    assertThat(find(7, 0, nowMs)).contains("7 of round 0");
    assertThat(find(7, 2, nowMs)).contains("7 of round 2");
    assertThat(find(19, 1, nowMs + 1)).contains("19 of round 1");
    assertThat(find(7, 1, nowMs + 2)).isEmpty();
    assertThat(find(7, 3, nowMs)).isEmpty();
    assertThat(find(20, 0, nowMs)).isEmpty();
  }

  @Test
  void isNotMisledByTheClocksOfOthers() throws Exception {
    writer.commit(List.of(record(1, 0, nowMs + 24 * HOUR_MS), record(2, 0, nowMs - 24 * HOUR_MS)));
    writer.commit(List.of(record(1, 1, nowMs)));

    assertThat(find(1, 0, nowMs + 24 * HOUR_MS)).contains("1 of round 0");
    assertThat(find(1, 1, nowMs)).contains("1 of round 1");
    assertThat(find(2, 0, nowMs - 24 * HOUR_MS)).contains("2 of round 0");
  }

  @Test
  void findsNothingThatIsNotCommitted() throws Exception {
    writer.begin(List.of(record(1, 0, nowMs)));
    writer.abort();
    assertThat(find(1, 0, nowMs)).isEmpty();

    writer.begin(List.of(record(1, 0, nowMs)));
    assertThat(find(1, 0, nowMs)).isEmpty();

    writer.commit();
    assertThat(find(1, 0, nowMs)).contains("1 of round 0");
  }

  @Test
  void findsWhatWasWrittenBeforePartitionsWereAdded() throws Exception {
    List<OutboundRecord> records = new ArrayList<>();
    for (int chunk = 0; chunk < 20; chunk++) {
      records.add(record(chunk, 0, nowMs));
    }
    writer.commit(records);
    try (Admin admin = Admin.create(endpoint.properties(Map.of(), Map.of()))) {
      admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(5))).all().get();
    }
    // This client may know of two partitions or of five; another one knows of five.
    try (RecordLog other = KafkaRecordLog.at(endpoint).open("other")) {
      for (int chunk = 0; chunk < 20; chunk++) {
        assertThat(find(other, chunk, 0, nowMs)).contains(chunk + " of round 0");
      }
    }
  }

  @Test
  void readsARecordWhereItStands() throws Exception {
    topic = Topic.ROUNDS.of(SharedKafka.newContractWithTopics()); // of one partition
    writer.commit(List.of(record(1, 0, nowMs), record(1, 1, nowMs), record(1, 2, nowMs)));

    assertThat(new String(log.read(topic, 0, 2), UTF_8)).isEqualTo("1 of round 2");
    assertThat(new String(log.read(topic, 0, 0), UTF_8)).isEqualTo("1 of round 0");
    assertThatThrownBy(() -> log.read(topic, 0, 1_000))
        .isInstanceOf(RecordGoneException.class)
        .hasMessageContaining(topic + "/0@1000 is not in the log any more");
  }

  @Test
  void fetchesNothingBehindWhatIsRead() throws Exception {
    topic = Topic.ROUNDS.of(SharedKafka.newContractWithTopics()); // of one partition
    writeLarge(12);

    // Every other offset is that of a transaction's end.
    for (int read = 0; read < 6; read++) {
      assertThat(log.read(topic, 0, 4L * read)).hasSize(LARGE);
    }
    assertThat(incomingBytes()).isBetween(6.0 * LARGE, 6.5 * LARGE);
  }

  @Test
  void fetchesNothingBehindWhatIsFound() throws Exception {
    writeLarge(12);

    for (int found = 0; found < 12; found += 2) {
      assertThat(log.find(topic, "1", nowMs + found, Optional::of)).isPresent();
    }
    assertThat(incomingBytes()).isBetween(6.0 * LARGE, 6.5 * LARGE);
  }

  /** A batch each, as large records have, and all in one partition. */
  private void writeLarge(int count) throws Exception {
    for (int i = 0; i < count; i++) {
      writer.commit(List.of(new OutboundRecord(topic, "1", new byte[LARGE], nowMs + i)));
    }
  }

  private static double incomingBytes() throws Exception {
    ObjectName name = new ObjectName("kafka.consumer:type=consumer-metrics,client-id=" + READER);
    return (double)
        ManagementFactory.getPlatformMBeanServer().getAttribute(name, "incoming-byte-total");
  }

  private OutboundRecord record(int chunk, int round, long timestampMs) {
    String value = chunk + " of round " + round;
    return new OutboundRecord(topic, String.valueOf(chunk), value.getBytes(UTF_8), timestampMs);
  }

  private Optional<String> find(int chunk, int round, long timestampMs) throws Exception {
    return find(log, chunk, round, timestampMs);
  }

  private Optional<String> find(RecordLog from, int chunk, int round, long timestampMs)
      throws Exception {
    return from.find(
        topic,
        String.valueOf(chunk),
        timestampMs,
        value ->
            Optional.of(new String(value, UTF_8)).filter(text -> text.endsWith("round " + round)));
  }
}
