package io.swarmstream.testkit.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstream.clients.kafka.ContractTopics;
import io.swarmstream.clients.kafka.DeadlineException;
import io.swarmstream.clients.kafka.KafkaEndpoint;
import io.swarmstream.clients.kafka.TopicOptions;
import io.swarmstream.schemas.wire.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;

class ContractTopicsITCase {
  private static final Duration DEADLINE = Duration.ofSeconds(10);

  private final KafkaEndpoint endpoint = SharedKafka.endpoint();
  private final ContractTopics topics = new ContractTopics(endpoint, TopicOptions.defaults());

  @Test
  void createsEachTopicWithItsSettings() throws Exception {
    String contract = SharedKafka.newContract();
    topics.create(contract, DEADLINE);

    try (Admin admin = admin()) {
      assertThat(partitions(admin, Topic.DELTAS.of(contract))).isEqualTo(4);
      assertThat(partitions(admin, Topic.ROUNDS.of(contract))).isEqualTo(1);
      Config models = config(admin, Topic.MODELS.of(contract));
      assertThat(models.get("cleanup.policy").value()).isEqualTo("compact");
      assertThat(models.get("min.compaction.lag.ms").value()).isEqualTo("60000");
      assertThat(models.get("max.message.bytes").isDefault()).isTrue();
      assertThat(config(admin, Topic.DELTAS.of(contract)).get("retention.ms").value())
          .isEqualTo(Long.toString(TimeUnit.DAYS.toMillis(7)));
    }
  }

  @Test
  void mayBeCalledAgain() throws Exception {
    String contract = SharedKafka.newContract();
    topics.create(contract, DEADLINE);
    assertThatCode(() -> topics.create(contract, DEADLINE)).doesNotThrowAnyException();
  }

  @Test
  void namesEachFaultOfTopicsThatAreThereAlready() throws Exception {
    String contract = SharedKafka.newContract();
    try (Admin admin = admin()) {
      admin
          .createTopics(List.of(new NewTopic(Topic.ROUNDS.of(contract), 2, (short) 1)))
          .all()
          .get();
    }
    assertThatThrownBy(() -> topics.create(contract, DEADLINE))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(contract + ".rounds has cleanup.policy=delete, needed is compact")
        .hasMessageContaining("message.timestamp.type=CreateTime, needed is LogAppendTime")
        .hasMessageContaining(contract + ".rounds has 2 partitions, needed is 1");
  }

  @Test
  void takesTooFewBrokersForSomethingThatTimeMends() {
    ContractTopics replicated =
        new ContractTopics(endpoint, TopicOptions.defaults().withReplicationFactor(3));
    assertThatThrownBy(() -> replicated.create(SharedKafka.newContract(), DEADLINE))
        .isInstanceOf(DeadlineException.class)
        .hasMessageContaining(".deltas cannot be created")
        .hasMessageContaining("replication factor");
  }

  @Test
  void saysAtTheDeadlineThatNoBrokerAnswers() {
    ContractTopics nowhere =
        new ContractTopics(KafkaEndpoint.of("localhost:1"), TopicOptions.defaults());
    assertThatThrownBy(() -> nowhere.create("lost", Duration.ofMillis(500)))
        .isInstanceOf(DeadlineException.class)
        .hasMessageContaining("localhost:1")
        .hasMessageContaining("500 ms");
  }

  private Admin admin() {
    return Admin.create(endpoint.properties(Map.of(), Map.of()));
  }

  private static int partitions(Admin admin, String topic) throws Exception {
    return Objects.requireNonNull(admin.describeTopics(List.of(topic)).topicNameValues().get(topic))
        .get()
        .partitions()
        .size();
  }

  private static Config config(Admin admin, String topic) throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    return Objects.requireNonNull(admin.describeConfigs(List.of(resource)).values().get(resource))
        .get();
  }
}
