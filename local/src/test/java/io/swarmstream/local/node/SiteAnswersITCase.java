package io.swarmstream.local.node;

import static io.swarmstream.local.node.Trainers.both;
import static io.swarmstream.local.node.Trainers.filled;
import static io.swarmstream.local.node.Trainers.opened;
import static io.swarmstream.local.node.Trainers.together;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.schemas.layout.TensorShape;
import io.swarmstream.schemas.signing.SiteKey;
import io.swarmstream.site.RoundParticipant;
import io.swarmstream.site.TrainingReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What site nodes on a real swarm say: what is wrong, and how far it is. */
@SuppressWarnings("NullAway.Init")
class SiteAnswersITCase {
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
  void sayWhatIsWrongWithASession() throws Exception {
    swarm.draft("errors");
    try (NodeSwarm.Running a = swarm.node("errors-a", 41);
        NodeSwarm.Running namesake = swarm.node("errors-a", 44);
        NodeSwarm.Running stranger = swarm.outsider("errors-c", 43)) {
      HttpTrainer one = a.trainer("s");
      assertThat(opened(one, "errors")).isTrue();

      swarm.draft("methods");
      HttpTrainer.Answered method =
          a.trainer("t").open("methods", HttpTrainer.LAYOUT, ",\"mergeMethod\":\"median\"");
      assertThat(method.code()).isEqualTo("bad-value");
      assertThat(method.json().path("detail").asText()).contains("median", "coordmedian");

      HttpTrainer.Answered unknown = a.trainer("t").open("nowhere");
      assertThat(unknown.code()).isEqualTo("unknown-contract");
      assertThat(unknown.json().path("detail").asText()).contains("nowhere", "errors");

      HttpTrainer.Answered notEnrolled = stranger.trainer("s").open("errors");
      assertThat(notEnrolled.code()).isEqualTo("not-enrolled");
      assertThat(notEnrolled.json().path("detail").asText())
          .contains(SiteKey.ofSeed(43).address(), "ask its owner 0x");

      HttpTrainer.Answered taken = namesake.trainer("s").open("errors");
      assertThat(taken.code()).isEqualTo("not-enrolled");
      assertThat(taken.json().path("detail").asText()).contains("errors-a", "another name");

      HttpTrainer.Answered layout =
          one.open(
              "errors",
              new ModelLayout(List.of(new TensorShape("fc.weight", List.of(3L, 4L)))),
              "");
      assertThat(layout.code()).isEqualTo("layout-mismatch");
      assertThat(layout.json().path("expected").asText()).isEqualTo("fc.weight:3x2");
      assertThat(layout.json().path("actual").asText()).isEqualTo("fc.weight:3x4");

      HttpTrainer.Answered terms = one.open("errors", HttpTrainer.LAYOUT, ",\"minPeers\":3");
      assertThat(terms.code()).isEqualTo("terms-mismatch");
      assertThat(terms.json().path("detail").asText()).contains("minPeers is 2", "asks for 3");

      HttpTrainer.Answered heavy = one.open("errors", HttpTrainer.LAYOUT, ",\"weight\":2");
      assertThat(heavy.code()).isEqualTo("terms-mismatch");
      assertThat(heavy.json().path("field").asText()).isEqualTo("weight");
      assertThat(heavy.json().path("detail").asText())
          .contains("weight is 2", "with a weight of at most 1", "--max-weight 2");
      HttpTrainer.Answered heavySync = one.sync(0, "?weight=2", Trainers.filled(1));
      assertThat(heavySync.code()).isEqualTo("bad-value");
      assertThat(heavySync.json().path("detail").asText()).contains("at most 1");

      assertThat(a.trainer("t").open("errors").code()).isEqualTo("session-open");
      assertThat(a.trainer("t").open("errors", HttpTrainer.LAYOUT, ",\"takeOver\":true").status())
          .isEqualTo(200);
    }
  }

  @Test
  void sayWhatIsWrongWithASync() throws Exception {
    swarm.draft("late");
    try (NodeSwarm.Running a = swarm.node("late-a", 51);
        NodeSwarm.Running b = swarm.node("late-b", 52)) {
      HttpTrainer one = a.trainer("s");
      together(() -> opened(one, "late"), () -> opened(b.trainer("s"), "late"));

      HttpTrainer.Answered nan = one.sync(0, "", 1, 2, 3, 4, 5, 6, 7, Float.NaN, 9);
      assertThat(nan.code()).isEqualTo("not-finite");
      assertThat(nan.json().path("field").asText()).isEqualTo("fc.bias");

      assertThat(one.sync(0, "?deadlineSeconds=2", filled(1)).status()).isEqualTo(202);
      HttpTrainer.Answered waiting = one.get("/syncs/0");
      assertThat(waiting.json().path("state").asText()).isEqualTo("waiting");
      HttpTrainer.Answered late = one.merged(0);
      assertThat(late.status()).isEqualTo(504);
      assertThat(late.code()).isEqualTo("min-peers-not-reached");
      assertThat(late.json().path("detail").asText())
          .contains("1 of at least 2", "it waits for late-b");

      // It can be sent again, and is in the round then.
      assertThat(one.sync(0, "", filled(1)).status()).isEqualTo(202);
      assertThat(b.trainer("s").round(0, filled(3))).containsOnly(2f);
      assertThat(one.merged(0).json().path("participated").asBoolean()).isTrue();
    }
  }

  /** Enough have contributed, but one more is awaited for longer than a trainer has time. */
  @Test
  void sayForWhomARoundWaitsWhoseDeadlineHasPassed() throws Exception {
    swarm.draft("grace", Duration.ofMinutes(10));
    try (NodeSwarm.Running a = swarm.node("grace-a", 81);
        NodeSwarm.Running b = swarm.node("grace-b", 82);
        NodeSwarm.Running c = swarm.node("grace-c", 83)) {
      HttpTrainer one = a.trainer("s");
      HttpTrainer two = b.trainer("s");
      together(() -> opened(one, "grace"), () -> opened(two, "grace"));
      assertThat(opened(c.trainer("s"), "grace")).isTrue();
      assertThat(two.sync(0, "", filled(1)).status()).isEqualTo(202);
      assertThat(one.sync(0, "?deadlineSeconds=5", filled(1)).status()).isEqualTo(202);
      HttpTrainer.Answered late = one.merged(0);
      assertThat(late.status()).isEqualTo(504);
      assertThat(late.code()).isEqualTo("round-deadline");
      assertThat(late.json().path("field").asText()).isEqualTo("deadlineSeconds");
      assertThat(late.json().path("detail").asText())
          .contains("2 of at least 2", "it waits for grace-c", "with a longer deadline");
    }
  }

  /** What trainers say of themselves goes where others, and people, can see it. */
  @Test
  void showHowGoodAModelIsAndHowFarATrainerHasCome() throws Exception {
    swarm.draft("progress");
    try (NodeSwarm.Running a = swarm.node("progress-a", 91);
        NodeSwarm.Running b = swarm.node("progress-b", 92)) {
      HttpTrainer one = a.trainer("s");
      HttpTrainer two = b.trainer("s");
      assertThat(one.open("progress", HttpTrainer.LAYOUT, ",\"epochsTotal\":8").status())
          .isEqualTo(200);
      assertThat(opened(two, "progress")).isTrue();
      both(one, two, 0, 0, 2, 1);
      assertThat(
              one.post(
                      "/evaluation",
                      "{\"round\":0,\"loss\":0.25,\"metric\":0.75,\"epochsDone\":2,\"epochsTotal\":8}")
                  .status())
          .isEqualTo(202);
      assertThat(one.sync(1, "?epochsDone=2", filled(1)).status()).isEqualTo(202);
      assertThat(two.round(1, filled(3))).containsOnly(2f);
      assertThat(one.merged(1).status()).isEqualTo(200);

      TrainingReport report = report(b, "progress-a");
      assertThat(report.loss()).isEqualTo(0.25);
      assertThat(report.metric()).isEqualTo(0.75);
      assertThat(report.epochsDone()).isEqualTo(2);
      assertThat(report.epochsTotal()).isEqualTo(8);

      JsonNode session = one.status().path("sessions").path(0);
      assertThat(session.path("epochsDone").asDouble()).isEqualTo(2);
      assertThat(session.path("epochsTotal").asDouble()).isEqualTo(8);
    }
  }

  /** As another site reads it in the newest round's record. */
  private static TrainingReport report(NodeSwarm.Running reader, String site) {
    return reader.node().session("s").model().summary().participants().stream()
        .filter(participant -> participant.name().equals(site))
        .map(RoundParticipant::report)
        .findAny()
        .orElseThrow();
  }
}
