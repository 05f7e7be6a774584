package io.swarmstream.network.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.clients.network.TrainingProgress;
import io.swarmstream.web.ApiJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HeardNodesTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final HeardNodes nodes = new HeardNodes(() -> NOW);

  private void heard(String member, String uuid, Duration ago, TrainingProgress... trainings) {
    nodes.heard(
        new HeardNodes.Heartbeat(
            "SL",
            member,
            "org",
            "http://127.0.0.1:30305",
            "1",
            uuid,
            null,
            NOW.minus(ago).toEpochMilli(),
            List.of(trainings),
            null));
  }

  private static TrainingProgress epochs(String contract, double epochs) {
    return new TrainingProgress(contract, epochs, 10, 0.5, null);
  }

  private void assertEpochs(double epochs) {
    assertThat(nodes.progress("digits"))
        .hasEntrySatisfying("a", said -> assertThat(said.progress().epochs()).isEqualTo(epochs));
  }

  @Test
  void knowsWhoTrainsAndHowFar() {
    heard("a", "1", Duration.ofSeconds(5), epochs("digits", 3), epochs("letters", 1));
    heard("b", "2", Duration.ofSeconds(5));

    assertThat(nodes.progress("digits"))
        .isEqualTo(Map.of("a", new HeardNodes.Said(epochs("digits", 3), NOW.minusSeconds(5))));
  }

  /** Another node may write anything, and the others are read on. */
  @Test
  void leavesOutHeartbeatsThatLackSomething() throws Exception {
    String whole = new String(ApiJson.bytes(heartbeat("a", "1")), StandardCharsets.UTF_8);
    for (String field : List.of("type", "member", "organisation", "address", "version", "uuid")) {
      String text = whole.replaceAll("\"" + field + "\":\"[^\"]*\"", "\"" + field + "\":null");
      assertThat(text).isNotEqualTo(whole);
      nodes.heard(ApiJson.mapper().readValue(text, HeardNodes.Heartbeat.class));
    }
    nodes.heard(ApiJson.mapper().readValue("null", HeardNodes.Heartbeat.class));
    assertThat(nodes.all()).isEmpty();
    nodes.heard(heartbeat("a", "1"));
    assertThat(nodes.all()).hasSize(1);
  }

  private static HeardNodes.Heartbeat heartbeat(String member, String uuid) {
    return new HeardNodes.Heartbeat(
        "SL",
        member,
        "org",
        "http://127.0.0.1:30305",
        "1",
        uuid,
        null,
        NOW.toEpochMilli(),
        null,
        null);
  }

  @Test
  void takesTheNewestRunOfANodeThatWasRestarted() {
    heard("a", "new", Duration.ofSeconds(2), epochs("digits", 1));
    heard("a", "old", Duration.ofSeconds(12), epochs("digits", 7));

    assertEpochs(1);
  }

  @Test
  void whoIsNotHeardAnyMoreDoesNotTrain() {
    heard("a", "1", HeardNodes.ALIVE.plusSeconds(1), epochs("digits", 3));

    assertThat(nodes.progress("digits")).isEmpty();
    assertThat(nodes.all()).singleElement().satisfies(node -> assertThat(node.alive()).isFalse());
  }

  @Test
  void whoHasSaidThatItEndsIsNotAliveAndTrainsNothing() {
    heard("a", "1", Duration.ofSeconds(2), epochs("digits", 3));
    nodes.heard(
        new HeardNodes.Heartbeat(
            "SL",
            "a",
            "org",
            "http://127.0.0.1:30305",
            "1",
            "1",
            null,
            NOW.toEpochMilli(),
            List.of(epochs("digits", 3)),
            true));

    assertThat(nodes.progress("digits")).isEmpty();
    assertThat(nodes.all())
        .singleElement()
        .satisfies(node -> assertThat(node.alive()).isFalse())
        .satisfies(node -> assertThat(node.ended()).isTrue());
  }

  /** Another node reads its heartbeats from Kafka, where anything may be. */
  @Test
  void whatIsNoTrainingIsPassedOver() {
    nodes.heard(
        ApiJson.read(
            """
            {"type":"SL","member":"a","organisation":"org","address":"x","version":"1","uuid":"1",
             "atMs":%d,"trainings":[null,{"epochs":1},{"contract":"digits","epochs":3,"totalEpochs":10}]}
            """
                .formatted(NOW.toEpochMilli())
                .getBytes(StandardCharsets.UTF_8),
            HeardNodes.Heartbeat.class));

    assertEpochs(3);
  }

  @Test
  void anOlderHeartbeatChangesNothing() {
    heard("a", "1", Duration.ofSeconds(1), epochs("digits", 4));
    heard("a", "1", Duration.ofSeconds(9), epochs("digits", 3));

    assertEpochs(4);
  }
}
