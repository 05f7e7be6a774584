package io.swarmstream.local.node;

import static io.swarmstream.local.node.Trainers.filled;
import static io.swarmstream.local.node.Trainers.opened;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.swarmstream.site.node.SiteNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A node whose swarm has gone, in the middle of a training. */
class SwarmGoneITCase {
  /** Of one session's status: its only site is in, and another one is needed. */
  private static final List<String> ALONE =
      List.of("\"contributed\":1", "\"minPeers\":2", "1 more site is needed");

  private static final Duration SOON = Duration.ofSeconds(10);

  @TempDir Path folder;

  @Test
  @Timeout(180)
  void endsAllTheSameAndSaysSo() throws Exception {
    NodeSwarm swarm = NodeSwarm.start(folder);
    NodeSwarm.Running node = null;
    try {
      swarm.draft("gone");
      swarm.draft("going");
      swarm.draft("never");
      node = swarm.node("gone-a", 71);
      HttpTrainer one = node.trainer("s");
      HttpTrainer two = node.trainer("t");
      opened(one, "gone");
      opened(two, "going");
      assertThat(one.sync(0, "", filled(1)).status()).isEqualTo(202);
      assertThat(one.get("/syncs/0").json().path("waitsFor").asText())
          .contains("1 more site is needed", "no other is enrolled");
      await()
          .atMost(SOON)
          .untilAsserted(
              () -> assertThat(one.status().path("sessions").path(0).toString()).contains(ALONE));
    } finally {
      swarm.close();
    }

    NodeSwarm.Running orphan = node;
    assertThat(orphan).isNotNull();
    HttpTrainer late = orphan.trainer("u");
    CompletableFuture<Object> opening =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return late.open("never");
              } catch (Exception e) {
                return e;
              }
            });
    // A chain that refuses connections ends the opening at once, one that is silent does not.
    await().atMost(SOON).until(() -> isOpening() || opening.isDone());
    assertThat(within(SOON, late::delete).status()).isBetween(202, 204);
    HttpTrainer.Answered left = within(SOON, orphan.trainer("s")::delete);
    assertThat(left.status()).as(left.toString()).isEqualTo(202);
    assertThat(left.json().path("state").asText()).contains("Kafka did not answer");
    opening.get(60, TimeUnit.SECONDS);
    assertThat(orphan.node().sessions()).hasSize(1);

    assertThat(within(SOON, orphan.node()::suspend)).containsExactly("going");
    within(
        SOON,
        () -> {
          orphan.server().close();
          return true;
        });
  }

  /** Whether a node of this process is about to open a session. */
  private static boolean isOpening() {
    return Thread.getAllStackTraces().values().stream()
        .flatMap(Arrays::stream)
        .anyMatch(
            frame ->
                frame.getClassName().startsWith(SiteNode.class.getPackageName())
                    && frame.getMethodName().equals("openAlone"));
  }

  private interface Action<T> {
    T run() throws Exception;
  }

  private static <T> T within(Duration most, Action<T> action) throws Exception {
    long began = System.nanoTime();
    T result = action.run();
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(most);
    return result;
  }
}
