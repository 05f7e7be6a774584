package io.swarmstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.flink.util.InstantiationUtil;
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
  void travelsWithAJob() throws Exception {
    assertThat(InstantiationUtil.clone(endpoint)).isEqualTo(endpoint);
  }

  @Test
  void refusesNoBroker() {
    assertThatThrownBy(() -> KafkaEndpoint.of(" ")).hasMessageContaining("host:port");
  }
}
