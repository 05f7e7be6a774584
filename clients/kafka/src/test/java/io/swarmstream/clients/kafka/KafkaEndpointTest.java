package io.swarmstream.clients.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstream.testkit.Serialized;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KafkaEndpointTest {
  private final KafkaEndpoint endpoint =
      new KafkaEndpoint(
          "broker:9093", Map.of("ssl.key.password", "secret", "linger.ms", "7", "acks", "0"));

  @Test
  void tellsNoPasswords() {
    assertThat(endpoint.toString()).contains("broker:9093", "ssl.key.password");
    assertThat(endpoint.toString()).doesNotContain("secret");
  }

  @Test
  void overrulesTuningButNotWhatIsRequired() {
    assertThat(endpoint.properties(Map.of("linger.ms", "1"), Map.of("acks", "all")))
        .containsEntry("bootstrap.servers", "broker:9093")
        .containsEntry("linger.ms", "7")
        .containsEntry("acks", "all");
  }

  @Test
  void leavesTheSizeOfSocketBuffersToTheSystemUnlessTold() {
    Map<String, String> narrow = Map.of("receive.buffer.bytes", "65536");
    assertThat(endpoint.properties(Map.of(), Map.of()))
        .containsEntry("receive.buffer.bytes", "-1")
        .containsEntry("send.buffer.bytes", "-1");
    assertThat(new KafkaEndpoint("broker:9092", narrow).properties(Map.of(), Map.of()))
        .containsEntry("receive.buffer.bytes", "65536");
  }

  @Test
  void travelsWithAJob() throws Exception {
    assertThat(Serialized.copy(endpoint)).isEqualTo(endpoint);
  }

  @Test
  void travelsWithThePathOfItsIdentity() throws Exception {
    KafkaEndpoint secured = KafkaEndpoint.secured("broker:9093", Path.of("/etc/swarm/identity"));
    assertThat(Serialized.copy(secured).properties(Map.of(), Map.of()))
        .containsEntry("security.protocol", "SSL")
        .containsEntry("swarm.identity.folder", "/etc/swarm/identity")
        .containsEntry(
            "ssl.engine.factory.class", "io.swarmstream.kafka.security.ReloadingSslEngineFactory");
    assertThat(secured.isTls()).isTrue();
    assertThat(endpoint.isTls()).isFalse();
  }

  @Test
  void refusesNoBroker() {
    assertThatThrownBy(() -> KafkaEndpoint.of(" ")).hasMessageContaining("host:port");
  }
}
