package io.swarmstream.local.node;

import static io.swarmstream.local.node.Trainers.both;
import static io.swarmstream.local.node.Trainers.filled;
import static io.swarmstream.local.node.Trainers.opened;
import static io.swarmstream.local.node.Trainers.together;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.swarmstream.schemas.DeltaEncoding;
import io.swarmstream.site.node.join.ReportedProgress;
import io.swarmstream.testkit.MonitoredMetrics;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two site nodes and their trainers on one swarm, round by round. */
@SuppressWarnings("NullAway.Init")
class SiteNodeITCase {
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

  @Test
  void threeRoundsEndWithOneModelWhicheverSiteFinishesFirst() throws Exception {
    swarm.draft("rounds");
    try (NodeSwarm.Running a = swarm.node("rounds-a", 11);
        NodeSwarm.Running b = swarm.node("rounds-b", 12)) {
      HttpTrainer one = a.trainer("s");
      HttpTrainer two = b.trainer("s");
      together(() -> opened(one, "rounds"), () -> opened(two, "rounds"));
      assertThat(one.open("rounds").json().path("notices")).isEmpty();
      both(one, two, 0, 0, 2, 1);
      both(one, two, 1, 2, 4, 3);
      both(one, two, 2, 3, 5, 4);
      assertThat(one.post("/finish", "{}").status()).isEqualTo(202);
      // The other one trains one round more; the first one's snapshot of 3 counts in it.
      assertThat(two.round(3, filled(9))).containsOnly(6f);
      assertThat(two.post("/finish", "{\"checkIn\":\"active\"}").status()).isEqualTo(202);
      HttpTrainer.Answered first = one.over();
      HttpTrainer.Answered second = two.over();
      assertThat(first.status()).as(first.toString()).isEqualTo(200);
      assertThat(first.json().path("modelHash")).isEqualTo(second.json().path("modelHash"));
      assertThat(one.model("/final/model")).containsExactly(two.model("/final/model"));
      // A node that is started again reads from the record that it is over.
      a.kill();
      try (NodeSwarm.Running again = swarm.node("rounds-a", 11)) {
        HttpTrainer later = again.trainer("s");
        assertThat(opened(later, "rounds")).isTrue();
        assertThat(later.post("/finish", "{}").status()).isEqualTo(202);
        assertThat(later.over().json().path("modelHash")).isEqualTo(first.json().path("modelHash"));
        assertThat(later.delete().status()).isEqualTo(204);
        // What it came to stays to be seen, and nothing else.
        assertThat(later.status().path("ended").path(0).path("modelHash"))
            .isEqualTo(first.json().path("modelHash"));
        assertThat(swarm.place("rounds-a").resolve("sessions/s")).doesNotExist();
        // A program that is run again begins with the final model, and is told so.
        HttpTrainer.Answered rerun = again.trainer("t").open("rounds");
        assertThat(rerun.json().path("trainingOver").path("modelHash"))
            .isEqualTo(first.json().path("modelHash"));
        assertThat(rerun.json().path("notices").path(0).asText())
            .contains("was over with round", "swarm contract reset rounds");
      }
    }
  }

  @Test
  void reportsWhatDashboardAndAlertsName() throws Exception {
    swarm.draft("metrics");
    try (NodeSwarm.Running a = swarm.node("metrics-a", 15);
        NodeSwarm.Running b = swarm.node("metrics-b", 16)) {
      HttpTrainer one = a.trainer("s");
      HttpTrainer two = b.trainer("s");
      together(() -> opened(one, "metrics"), () -> opened(two, "metrics"));
      both(one, two, 0, 0, 2, 1);
      assertThat(one.post("/evaluation", "{\"loss\":0.4,\"metric\":0.8}").status()).isLessThan(300);
      // What network nodes learn of it with the next heartbeat, before the next round.
      assertThat(ReportedProgress.of(a.node()))
          .singleElement()
          .satisfies(
              said -> {
                assertThat(said.contract()).isEqualTo("metrics");
                assertThat(said.loss()).isEqualTo(0.4);
                assertThat(said.metric()).isEqualTo(0.8);
              });
      try (InputStream certificate =
          Objects.requireNonNull(SiteNodeITCase.class.getResourceAsStream("cert.pem"))) {
        Path identity = Files.createDirectory(swarm.place("metrics-a").resolve("identity"));
        Files.copy(certificate, identity.resolve("cert.pem"));
      }
      String page =
          await()
              .atMost(Duration.ofSeconds(30))
              .until(one::metrics, text -> text.contains("anchors_pending{"));

      assertThat(MonitoredMetrics.reportedBy(page))
          .containsAll(MonitoredMetrics.startingWith("swarmstream_site_"));
      assertThat(page)
          .contains(
              "swarmstream_site_session_round{contract=\"metrics\",session=\"s\"} 0.0",
              "swarmstream_site_part_up{part=\"kafka\"} 1.0");
    }
  }

  @Test
  void deltasGoAsTheContractEncodesThem() throws Exception {
    swarm.draft("halves", DeltaEncoding.BFLOAT16);
    try (NodeSwarm.Running a = swarm.node("halves-a", 13);
        NodeSwarm.Running b = swarm.node("halves-b", 14)) {
      HttpTrainer one = a.trainer("s");
      HttpTrainer two = b.trainer("s");
      assertThat(one.open("halves").json().at("/terms/encoding").asText()).isEqualTo("bfloat16");
      opened(two, "halves");
      both(one, two, 0, 0, 2, 1);
      // A delta of 1/3 has eight bits of it; what was lost of it comes with the next one.
      assertThat(one.sync(1, "", filled(1 + 1f / 3)).status()).isEqualTo(202);
      assertThat(two.round(1, filled(1 + 1f / 3))).containsOnly(1 + 0.33398438f);
      assertThat(one.merged(1).status()).isEqualTo(200);
      float base = 1 + 0.33398438f;
      assertThat(one.sync(2, "", filled(base)).status()).isEqualTo(202);
      assertThat(two.round(2, filled(base))[0]).isCloseTo(1 + 1f / 3, within(2e-6f));
    }
  }

  @Test
  void whoeverIsTooSlowForThoseThatHaveFinishedEndsWithTheirModel() throws Exception {
    swarm.draft("slow");
    try (NodeSwarm.Running a = swarm.node("slow-a", 61);
        NodeSwarm.Running b = swarm.node("slow-b", 62);
        NodeSwarm.Running c = swarm.node("slow-c", 63)) {
      HttpTrainer one = a.trainer("s");
      HttpTrainer two = b.trainer("s");
      HttpTrainer slow = c.trainer("s");
      together(() -> opened(one, "slow"), () -> opened(two, "slow"));
      assertThat(opened(slow, "slow")).isTrue();
      assertThat(slow.sync(0, "", filled(5)).status()).isEqualTo(202);
      both(one, two, 0, 0, 1, 2);
      assertThat(slow.merged(0).status()).isEqualTo(200);

      assertThat(one.post("/finish", "{\"checkIn\":\"inactive\"}").status()).isEqualTo(202);
      assertThat(two.post("/finish", "{\"checkIn\":\"active\"}").status()).isEqualTo(202);
      String last = one.over().json().path("modelHash").asText();

      assertThat(slow.sync(1, "", filled(9)).status()).isEqualTo(202);
      HttpTrainer.Answered end = slow.merged(1);
      assertThat(end.json().path("trainingOver").asBoolean()).as(end.toString()).isTrue();
      assertThat(end.json().path("participated").asBoolean()).isFalse();
      assertThat(end.json().path("modelHash").asText()).isEqualTo(last);
      assertThat(slow.model("/final/model")).containsOnly(2f);
      assertThat(slow.sync(2, "", filled(9)).code()).isEqualTo("training-over");
    }
  }

  @Test
  void aTrainerGoesOnWhenItsNodeWasKilledInTheMiddleOfARound() throws Exception {
    swarm.draft("killed");
    try (NodeSwarm.Running b = swarm.node("killed-b", 22)) {
      HttpTrainer two = b.trainer("s");
      NodeSwarm.Running first = swarm.node("killed-a", 21);
      HttpTrainer one = first.trainer("s");
      together(() -> opened(one, "killed"), () -> opened(two, "killed"));
      both(one, two, 0, 0, 2, 1);
      assertThat(one.sync(1, "", filled(3)).status()).isEqualTo(202);
      first.kill();
      try (NodeSwarm.Running again = swarm.node("killed-a", 21)) {
        HttpTrainer later = again.trainer("s");
        assertThat(later.merged(1).code()).isEqualTo("unknown-session");
        assertThat(later.open("killed").json().path("nextSync").asLong()).isEqualTo(2);
        assertThat(later.sync(1, "", filled(3)).status()).isEqualTo(202);
        assertThat(two.round(1, filled(5))).containsOnly(4f);
        assertThat(later.merged(1).json().path("participated").asBoolean()).isTrue();
        assertThat(later.model("/syncs/1/model")).containsOnly(4f);
        both(later, two, 2, 6, 8, 7);
      }
    }
  }

  /** It trained anew after the kill: what it had sent before counts, and is its own. */
  @Test
  void aNodeKnowsWhatItHadSentBeforeItWasKilled() throws Exception {
    swarm.draft("anew");
    try (NodeSwarm.Running b = swarm.node("anew-b", 84)) {
      HttpTrainer two = b.trainer("s");
      NodeSwarm.Running first = swarm.node("anew-a", 83);
      HttpTrainer one = first.trainer("s");
      together(() -> opened(one, "anew"), () -> opened(two, "anew"));
      both(one, two, 0, 0, 2, 1);
      assertThat(one.sync(1, "", filled(3)).status()).isEqualTo(202);
      first.kill();
      try (NodeSwarm.Running again = swarm.node("anew-a", 83)) {
        HttpTrainer later = again.trainer("s");
        assertThat(opened(later, "anew")).isTrue();
        assertThat(later.model("/model")).containsOnly(1f);
        assertThat(later.sync(2, "", filled(9)).status()).isEqualTo(202);
        assertThat(two.round(1, filled(5))).containsOnly(4f);
        HttpTrainer.Answered merged = later.merged(2);
        assertThat(merged.json().path("participated").asBoolean()).as(merged.toString()).isTrue();
        assertThat(merged.json().has("warning")).as(merged.toString()).isFalse();
      }
    }
  }

  @Test
  void aTrainerIsToldWhenSomebodyElseHasItsKey() throws Exception {
    swarm.draft("one-key");
    try (NodeSwarm.Running a = swarm.node("one-key-a", 81);
        NodeSwarm.Running copy = swarm.node("one-key-copy", 81);
        NodeSwarm.Running b = swarm.node("one-key-b", 82)) {
      HttpTrainer one = a.trainer("s");
      HttpTrainer copied = copy.trainer("s");
      HttpTrainer two = b.trainer("s");
      assertThat(opened(one, "one-key")).isTrue();
      together(() -> opened(copied, "one-key"), () -> opened(two, "one-key"));
      assertThat(one.sync(0, "", filled(1)).status()).isEqualTo(202);
      assertThat(copied.sync(0, "", filled(9)).status()).isEqualTo(202);
      assertThat(two.round(0, filled(3))).containsOnly(2f);
      assertThat(one.merged(0).json().path("participated").asBoolean()).isTrue();
      HttpTrainer.Answered lost = copied.merged(0);
      assertThat(lost.json().path("participated").asBoolean()).as(lost.toString()).isFalse();
      assertThat(lost.json().path("warning").asText())
          .contains("another holder of its key contributed", "round 0", "counted", "a new key");
      assertThat(copied.model("/syncs/0/model")).containsOnly(2f);
    }
  }

  /** The round was merged while the node was away: its weights must not count a second time. */
  @Test
  void weightsThatCountedBeforeTheNodeWasKilledAreNotSentAgain() throws Exception {
    swarm.draft("once");
    try (NodeSwarm.Running b = swarm.node("once-b", 32)) {
      HttpTrainer two = b.trainer("s");
      NodeSwarm.Running first = swarm.node("once-a", 31);
      HttpTrainer one = first.trainer("s");
      together(() -> opened(one, "once"), () -> opened(two, "once"));
      both(one, two, 0, 0, 2, 1);
      assertThat(one.sync(1, "", filled(3)).status()).isEqualTo(202);
      first.kill();
      assertThat(two.round(1, filled(5))).containsOnly(4f);
      try (NodeSwarm.Running again = swarm.node("once-a", 31)) {
        HttpTrainer later = again.trainer("s");
        assertThat(opened(later, "once")).isTrue();
        assertThat(later.sync(1, "", filled(3)).json().path("round").asLong()).isEqualTo(1);
        HttpTrainer.Answered merged = later.merged(1);
        assertThat(merged.json().path("participated").asBoolean()).isTrue();
        assertThat(merged.json().path("round").asLong()).isEqualTo(1);
      }
    }
  }

  /** Their delta would be taken from a model that they were not trained from. */
  @Test
  void weightsAreNotSentWhenOthersWentOnWhileTheNodeWasDown() throws Exception {
    swarm.draft("behind");
    try (NodeSwarm.Running b = swarm.node("behind-b", 42);
        NodeSwarm.Running c = swarm.node("behind-c", 43)) {
      HttpTrainer two = b.trainer("s");
      HttpTrainer three = c.trainer("s");
      NodeSwarm.Running first = swarm.node("behind-a", 41);
      HttpTrainer one = first.trainer("s");
      together(() -> opened(two, "behind"), () -> opened(three, "behind"));
      assertThat(opened(one, "behind")).isTrue();
      assertThat(one.sync(0, "", filled(5)).status()).isEqualTo(202);
      both(two, three, 0, 0, 1, 2);
      assertThat(one.merged(0).status()).isEqualTo(200);
      first.kill();
      both(two, three, 1, 4, 6, 5);
      both(two, three, 2, 6, 8, 7);
      try (NodeSwarm.Running again = swarm.node("behind-a", 41)) {
        HttpTrainer later = again.trainer("s");
        assertThat(opened(later, "behind")).isTrue();
        assertThat(later.sync(1, "", filled(3)).status()).isEqualTo(202);
        HttpTrainer.Answered merged = later.merged(1);
        assertThat(merged.json().path("participated").asBoolean()).as(merged.toString()).isFalse();
        assertThat(merged.json().path("round").asLong()).isEqualTo(2);
        assertThat(later.model("/syncs/1/model")).containsOnly(7f);
        assertThat(later.sync(2, "", filled(7)).status()).isEqualTo(202);
        both(two, three, 3, 7, 10, 8);
        assertThat(later.merged(2).json().path("participated").asBoolean()).isTrue();
      }
    }
  }

  /** It joined late and has the model from {@code /model} alone, before any sync of its own. */
  @Test
  void aModelThatTheTrainerHasIsRememberedAcrossAKill() throws Exception {
    swarm.draft("given");
    try (NodeSwarm.Running b = swarm.node("given-b", 92)) {
      HttpTrainer two = b.trainer("s");
      NodeSwarm.Running first = swarm.node("given-a", 91);
      HttpTrainer one = first.trainer("s");
      together(() -> opened(one, "given"), () -> opened(two, "given"));
      both(one, two, 0, 0, 2, 1);
      assertThat(one.delete().status()).isEqualTo(204);
      HttpTrainer late = first.trainer("late");
      assertThat(opened(late, "given")).isTrue();
      assertThat(late.model("/model")).containsOnly(1f);
      first.kill();
      try (NodeSwarm.Running again = swarm.node("given-a", 91)) {
        HttpTrainer later = again.trainer("late");
        assertThat(later.open("given").json().path("nextSync").asLong()).isZero();
        assertThat(later.sync(0, "?initial=false", filled(3)).status()).isEqualTo(202);
        assertThat(two.round(1, filled(5))).containsOnly(4f);
        HttpTrainer.Answered merged = later.merged(0);
        assertThat(merged.json().path("participated").asBoolean()).as(merged.toString()).isTrue();
      }
    }
  }

  /** The worker waits for a round, so that it cannot keep the snapshot after the answer. */
  @Test
  void aSnapshotIsOnDiskWhenTheNodeHasAcceptedTheEnd() throws Exception {
    swarm.draft("accepted");
    try (NodeSwarm.Running a = swarm.node("accepted-a", 93);
        NodeSwarm.Running b = swarm.node("accepted-b", 94)) {
      HttpTrainer one = a.trainer("s");
      HttpTrainer two = b.trainer("s");
      together(() -> opened(one, "accepted"), () -> opened(two, "accepted"));
      both(one, two, 0, 0, 2, 1);
      assertThat(one.sync(1, "", filled(3)).status()).isEqualTo(202);
      assertThat(kept("accepted-a")).isEmpty();
      assertThat(one.post("/finish", "{}").status()).isEqualTo(202);
      assertThat(kept("accepted-a")).hasSize(1);
    }
  }

  /** It repeats its snapshot, and not the merged model, once it is back. */
  @Test
  void aSnapshotOutlivesItsNode() throws Exception {
    swarm.draft("snapshot");
    try (NodeSwarm.Running b = swarm.node("snapshot-b", 72)) {
      HttpTrainer two = b.trainer("s");
      NodeSwarm.Running first = swarm.node("snapshot-a", 71);
      HttpTrainer one = first.trainer("s");
      together(() -> opened(one, "snapshot"), () -> opened(two, "snapshot"));
      both(one, two, 0, 0, 0, 0);
      both(one, two, 1, 2, 4, 3);
      assertThat(one.post("/finish", "{}").status()).isEqualTo(202);
      assertThat(two.round(2, filled(6))).containsOnly(4f);
      first.kill();
      try (NodeSwarm.Running again = swarm.node("snapshot-a", 71)) {
        HttpTrainer later = again.trainer("s");
        assertThat(opened(later, "snapshot")).isTrue();
        assertThat(later.post("/finish", "{}").status()).isEqualTo(202);
        // This round may have what was sent before the kill; the next one cannot.
        assertThat(two.round(3, filled(8))).containsOnly(5f);
        assertThat(two.round(4, filled(10))).containsOnly(6f);
        assertThat(two.post("/finish", "{}").status()).isEqualTo(202);
        assertThat(later.over().json().path("modelHash"))
            .isEqualTo(two.over().json().path("modelHash"));
        assertThat(later.model("/final/model")).containsOnly(6f);
        assertThat(kept("snapshot-a")).isEmpty();
      }
    }
    assertThat(kept("snapshot-b")).isEmpty();
  }

  private static List<Path> kept(String site) throws IOException {
    try (Stream<Path> files = Files.walk(swarm.place(site))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("snapshot.bin"))
          .toList();
    }
  }
}
