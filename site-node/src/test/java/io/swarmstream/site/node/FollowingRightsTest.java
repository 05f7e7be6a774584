package io.swarmstream.site.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstream.clients.kafka.KafkaEndpoint;
import io.swarmstream.clients.kafka.MissingRightException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

class FollowingRightsTest {
  private static final Duration LONG = Duration.ofMinutes(5);

  private final AtomicInteger attempts = new AtomicInteger();

  private static RuntimeException denied() {
    return new IllegalStateException(
        MissingRightException.of(
                new TopicAuthorizationException("digits.rounds"),
                "DESCRIBE",
                "topic digits.rounds",
                KafkaEndpoint.of("localhost:9092"))
            .orElseThrow());
  }

  @Test
  void triesUntilTheRightsAreThere() throws Exception {
    String joined =
        FollowingRights.await(
            LONG,
            () -> {
              if (attempts.incrementAndGet() < 3) {
                throw denied();
              }
              return "joined";
            });
    assertThat(joined).isEqualTo("joined");
    assertThat(attempts).hasValue(3);
  }

  @Test
  void saysWhichRightIsMissingAfterAWhile() {
    assertThatThrownBy(
            () ->
                FollowingRights.await(
                    Duration.ZERO,
                    () -> {
                      throw denied();
                    }))
        .hasStackTraceContaining("digits.rounds");
  }

  @Test
  void anotherFailureIsFinal() {
    assertThatThrownBy(
            () ->
                FollowingRights.await(
                    LONG,
                    () -> {
                      attempts.incrementAndGet();
                      throw new IllegalStateException("another");
                    }))
        .hasMessage("another");
    assertThat(attempts).hasValue(1);
  }
}
