package io.swarmstream.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstream.clients.kafka.KafkaEndpoint;
import io.swarmstream.schemas.wire.Topic;
import java.time.Duration;
import org.apache.flink.api.connector.source.Boundedness;
import org.junit.jupiter.api.Test;

class WireOptionsTest {
  private static final KafkaEndpoint ENDPOINT = KafkaEndpoint.of("localhost:9092");

  @Test
  void buildsASourceThatDoesNotEnd() {
    assertThat(WireSource.of(ENDPOINT, Topic.DELTAS).build().getBoundedness())
        .isEqualTo(Boundedness.CONTINUOUS_UNBOUNDED);
  }

  @Test
  void refusesASourceThatSeesNoNewContracts() {
    WireSource source = WireSource.of(ENDPOINT, Topic.DELTAS).discoveryInterval(Duration.ZERO);
    assertThatThrownBy(source::build).hasMessageContaining("new contracts would never be seen");
  }

  @Test
  void refusesASourceWithoutAGroup() {
    assertThatThrownBy(WireSource.of(ENDPOINT, Topic.DELTAS).groupId("")::build)
        .hasMessageContaining("groupId is empty");
  }

  @Test
  void refusesAPrefixThatCouldBePartOfAnother() {
    assertThatThrownBy(WireSink.of(ENDPOINT, "a.b")::build).hasMessageContaining("\"a.b\"");
    assertThatThrownBy(WireSink.of(ENDPOINT, "")::build).hasMessageContaining("\"\"");
  }

  @Test
  void refusesATransactionWithoutTime() {
    assertThatThrownBy(WireSink.of(ENDPOINT, "a").transactionTimeout(Duration.ZERO)::build)
        .hasMessageContaining("transactionTimeout is PT0S");
  }
}
