package io.swarmstream.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaITCase {
  @Test
  void keepsItsRecordsAndItsPortThroughARestart() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
      String before = kafka.bootstrapServers();
      createTopic(kafka, "facts");
      commit(kafka, "facts", "one");

      kafka.stop();
      assertThat(kafka.isRunning()).isFalse();
      kafka.restart();
      commit(kafka, "facts", "two");

      assertThat(kafka.bootstrapServers()).isEqualTo(before);
      assertThat(read(kafka, "facts", 2)).containsExactly("one", "two");
    }
  }

  @Test
  void readsTheFolderOfAnEarlierBroker(@TempDir Path folder) throws Exception {
    EmbeddedKafkaOptions options = EmbeddedKafkaOptions.defaults().withFolder(folder);
    try (EmbeddedKafka kafka = EmbeddedKafka.start(options)) {
      createTopic(kafka, "facts");
      commit(kafka, "facts", "one");
    }
    try (EmbeddedKafka kafka = EmbeddedKafka.start(options)) {
      assertThat(read(kafka, "facts", 1)).containsExactly("one");
    }
  }

  @Test
  void leavesTheLimitOnRecordsAtTheBrokersDefaultAndCreatesNoTopicUnasked() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start();
        Admin admin = admin(kafka)) {
      ConfigResource broker = new ConfigResource(ConfigResource.Type.BROKER, "1");
      Config settings =
          Objects.requireNonNull(admin.describeConfigs(List.of(broker)).values().get(broker)).get();

      assertThat(settings.get("message.max.bytes").value()).isEqualTo("1048588");
      assertThat(settings.get("message.max.bytes").isDefault()).isTrue();
      assertThat(settings.get("auto.create.topics.enable").value()).isEqualTo("false");
    }
  }

  @Test
  void deletesItsTemporaryFolderOnClose() throws Exception {
    List<Path> before = temporaryFolders();
    EmbeddedKafka kafka = EmbeddedKafka.start();
    List<Path> during = temporaryFolders();
    during.removeAll(before);
    assertThat(during).hasSize(1);
    kafka.close();
    assertThat(during.get(0)).doesNotExist();
  }

  @Test
  void saysThatItsPortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      EmbeddedKafkaOptions options = EmbeddedKafkaOptions.defaults().withPort(taken.getLocalPort());
      assertThatThrownBy(() -> EmbeddedKafka.start(options))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("port " + taken.getLocalPort())
          .hasMessageContaining("Address already in use");
    }
  }

  @Test
  void saysThatItDidNotStartBeforeTheDeadlineAndLetsGoOfItsFolder(@TempDir Path folder) {
    EmbeddedKafkaOptions options = EmbeddedKafkaOptions.defaults().withFolder(folder);
    assertThatThrownBy(() -> EmbeddedKafka.start(options.withStartDeadline(Duration.ofMillis(1))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("did not start within 1 ms");
    try (EmbeddedKafka kafka = EmbeddedKafka.start(options)) {
      assertThat(kafka.isRunning()).isTrue();
    }
  }

  @Test
  void refusesASecondBrokerOnItsFolderAndIsNotHarmedByIt(@TempDir Path folder) throws Exception {
    EmbeddedKafkaOptions options = EmbeddedKafkaOptions.defaults().withFolder(folder);
    try (EmbeddedKafka kafka = EmbeddedKafka.start(options)) {
      Path quorum = folder.resolve("__cluster_metadata-0").resolve("quorum-state");
      String before = Files.readString(quorum);

      assertThatThrownBy(() -> EmbeddedKafka.start(options))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("another Kafka broker is using folder " + folder);

      assertThat(Files.readString(quorum)).isEqualTo(before);
      createTopic(kafka, "facts");
      commit(kafka, "facts", "one");
      assertThat(read(kafka, "facts", 1)).containsExactly("one");
    }
  }

  @Test
  void keepsItsFolderWhileItIsStopped(@TempDir Path folder) {
    EmbeddedKafkaOptions options = EmbeddedKafkaOptions.defaults().withFolder(folder);
    try (EmbeddedKafka kafka = EmbeddedKafka.start(options)) {
      kafka.stop();
      assertThatThrownBy(() -> EmbeddedKafka.start(options))
          .hasMessageContaining("another Kafka broker is using folder");
      kafka.restart();
    }
  }

  @Test
  void cannotBeRestartedOnceItIsClosed() {
    EmbeddedKafka kafka = EmbeddedKafka.start();
    kafka.close();
    kafka.close();
    assertThatThrownBy(kafka::restart).hasMessageContaining("is closed");
  }

  private static List<Path> temporaryFolders() throws IOException {
    try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return new ArrayList<>(
          all.filter(path -> path.getFileName().toString().startsWith("swarm-kafka-")).toList());
    }
  }

  private static Admin admin(EmbeddedKafka kafka) {
    return Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
  }

  private static void createTopic(EmbeddedKafka kafka, String topic) throws Exception {
    try (Admin admin = admin(kafka)) {
      admin
          .createTopics(List.of(new NewTopic(topic, 1, (short) 1)))
          .all()
          .get(10, TimeUnit.SECONDS);
    }
  }

  private static void commit(EmbeddedKafka kafka, String topic, String value) {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", kafka.bootstrapServers(), "transactional.id", "writer");
    try (var producer =
        new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      var unused = producer.send(new ProducerRecord<>(topic, value));
      producer.commitTransaction();
    }
  }

  private static List<String> read(EmbeddedKafka kafka, String topic, int count) {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", kafka.bootstrapServers(), "isolation.level", "read_committed");
    List<String> values = new ArrayList<>();
    try (var consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      TopicPartition partition = new TopicPartition(topic, 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
      while (values.size() < count && System.nanoTime() < end) {
        for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(100))) {
          values.add(record.value());
        }
      }
    }
    return values;
  }
}
