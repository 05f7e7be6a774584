package io.swarmstream.local.node;

import static io.swarmstream.local.node.Trainers.filled;
import static io.swarmstream.local.node.Trainers.opened;
import static io.swarmstream.local.node.Trainers.together;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.swarmstream.site.node.SiteNode;
import io.swarmstream.site.node.pipes.PipeOptions;
import io.swarmstream.site.node.pipes.Pipes;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Programs with HPE's client inside at two sites: the same models as by HTTP. */
@EnabledOnOs(OS.LINUX)
@SuppressWarnings("NullAway.Init")
class PipesITCase {
  private static NodeSwarm swarm;
  @TempDir static Path folder;

  @BeforeAll
  static void start() throws Exception {
    swarm = NodeSwarm.start(folder);
  }

  @AfterAll
  static void stop() {
    swarm.close();
  }

  private static Path pipes(String name) {
    return folder.resolve(name + ".pipes");
  }

  private static Pipes served(String name, SiteNode node) throws Exception {
    return Pipes.start(node, PipeOptions.of(pipes(name)).withDeadline(Duration.ofSeconds(40)));
  }

  private static boolean trains(String name, String contract, float own) throws Exception {
    try (PipedTrainer trainer = new PipedTrainer(pipes(name), contract)) {
      assertThat(trainer.sync(filled(0))).isFalse();
      assertThat(trainer.sync(filled(own))).isFalse();
      assertThat(trainer.model()).containsOnly(3);
      assertThat(trainer.close(filled(own + 2))).isTrue();
      assertThat(trainer.model()).containsOnly(5);
    }
    return true;
  }

  private static String hash(SiteNode node, String contract) {
    return node.ended().stream()
        .filter(ended -> ended.contract().equals(contract))
        .findFirst()
        .orElseThrow()
        .modelHash();
  }

  @Test
  void twoSitesEndWithTheModelThatTheyHaveByHttp() throws Exception {
    swarm.draft("piped");
    swarm.draft("unpiped");
    try (NodeSwarm.Running a = swarm.node("piped-a", 81);
        NodeSwarm.Running b = swarm.node("piped-b", 82);
        Pipes one = served("piped-a", a.node());
        Pipes two = served("piped-b", b.node())) {
      assertThat(one.requests()).isNotEqualTo(two.requests());
      together(() -> trains("piped-a", "piped", 2), () -> trains("piped-b", "piped", 4));
      HttpTrainer first = a.trainer("s");
      HttpTrainer second = b.trainer("s");
      together(() -> opened(first, "unpiped"), () -> opened(second, "unpiped"));
      Trainers.both(first, second, 0, 0, 0, 0);
      Trainers.both(first, second, 1, 2, 4, 3);
      assertThat(first.sync(2, "?checkIn=snapshot", filled(4)).status()).isEqualTo(202);
      assertThat(second.sync(2, "?checkIn=snapshot", filled(6)).status()).isEqualTo(202);
      String byHttp = first.merged(2).json().path("modelHash").asText();

      assertThat(hash(a.node(), "piped")).isEqualTo(hash(b.node(), "piped")).isEqualTo(byHttp);
      await().atMost(Duration.ofSeconds(20)).until(() -> pipedSessions(a.node()) == 0);
    }
  }

  @Test
  void aClientThatIsGoneInMidSyncLeavesAndTheNextOneTrains() throws Exception {
    swarm.draft("gone");
    try (NodeSwarm.Running a = swarm.node("gone-a", 83);
        NodeSwarm.Running b = swarm.node("gone-b", 84);
        Pipes one = served("gone-a", a.node());
        Pipes two = served("gone-b", b.node())) {
      assertThat(one.responses()).isNotEqualTo(two.responses());
      PipedTrainer gone = new PipedTrainer(pipes("gone-a"), "gone");
      Thread syncing = new Thread(() -> failing(gone));
      syncing.start();
      await().atMost(Duration.ofSeconds(40)).until(() -> pipedSessions(a.node()) == 1);
      gone.hangUp();
      await().atMost(Duration.ofSeconds(40)).until(() -> pipedSessions(a.node()) == 0);
      syncing.join(10_000);
      assertThat(syncing.isAlive()).isFalse();
      together(() -> trains("gone-a", "gone", 2), () -> trains("gone-b", "gone", 4));
    }
  }

  private static void failing(PipedTrainer trainer) {
    try {
      var unused = trainer.sync(filled(0));
    } catch (Exception | AssertionError e) {
      assertThat(e).isNotNull(); // as the program that is killed
    }
  }

  private static long pipedSessions(SiteNode node) {
    return node.sessions().stream().filter(session -> session.id().startsWith("pipes-")).count();
  }
}
