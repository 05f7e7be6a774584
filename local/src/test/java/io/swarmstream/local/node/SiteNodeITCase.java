package io.swarmstream.local.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.local.LocalSwarm;
import io.swarmstream.local.LocalSwarmOptions;
import io.swarmstream.merge.MergeMethods;
import io.swarmstream.schemas.ModelLayout;
import io.swarmstream.schemas.SiteKey;
import io.swarmstream.schemas.TensorShape;
import io.swarmstream.site.node.ContractOwner;
import io.swarmstream.site.node.Draft;
import io.swarmstream.site.node.NodeOptions;
import io.swarmstream.site.node.SiteNode;
import io.swarmstream.site.node.http.NodeServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two site nodes and their trainers on one swarm, round by round. */
@SuppressWarnings("NullAway.Init")
class SiteNodeITCase {
  private static LocalSwarm swarm;
  private static ContractOwner owner;
  @TempDir static Path folder;

  @BeforeAll
  static void start() throws Exception {
    swarm = LocalSwarm.start(LocalSwarmOptions.defaults());
    owner =
        new ContractOwner(
            folder,
            swarm.kafka(),
            swarm.chain(),
            SiteKey.ofHex(swarm.ownerKey()),
            swarm.coordinator(),
            (method, minPeers) -> MergeMethods.named(method).requirePeers(minPeers));
  }

  @AfterAll
  static void stop() {
    swarm.close();
  }

  /** A node and its server. */
  private record Running(SiteNode node, NodeServer server) implements AutoCloseable {
    static Running start(String name, long seed) {
      SiteNode node =
          SiteNode.of(
              NodeOptions.of(name, swarm.kafka(), swarm.chain(), folder.resolve(name))
                  .withOwner(owner),
              SiteKey.ofSeed(seed));
      return new Running(node, NodeServer.start(node, "127.0.0.1", 0));
    }

    /** A node that may enrol nobody, itself least of all. */
    static Running outside(String name, long seed) {
      SiteNode node =
          SiteNode.of(
              NodeOptions.of(name, swarm.kafka(), swarm.chain(), folder.resolve(name)),
              SiteKey.ofSeed(seed));
      return new Running(node, NodeServer.start(node, "127.0.0.1", 0));
    }

    /** As kill -9 would: nobody is told, nothing is waited for. */
    void kill() throws InterruptedException {
      server.close();
      node.abandon();
    }

    HttpTrainer trainer(String session) {
      return new HttpTrainer(server.uri(), session);
    }

    @Override
    public void close() throws InterruptedException {
      server.close();
      node.close();
    }
  }

  private static void draft(String name) throws Exception {
    new Draft(name, 1, Duration.ofSeconds(3), null, null).writeTo(folder);
  }

  @Test
  void threeRoundsEndWithOneModelWhicheverSiteFinishesFirst() throws Exception {
    draft("rounds");
    try (Running a = Running.start("rounds-a", 11);
        Running b = Running.start("rounds-b", 12)) {
      HttpTrainer one = a.trainer("s");
      HttpTrainer two = b.trainer("s");
      together(() -> opened(one, "rounds"), () -> opened(two, "rounds"));
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
      try (Running again = Running.start("rounds-a", 11)) {
        HttpTrainer later = again.trainer("s");
        assertThat(opened(later, "rounds")).isTrue();
        assertThat(later.post("/finish", "{}").status()).isEqualTo(202);
        assertThat(later.over().json().path("modelHash")).isEqualTo(first.json().path("modelHash"));
        assertThat(later.delete().status()).isEqualTo(204);
      }
    }
  }

  @Test
  void whoeverIsTooSlowForThoseThatHaveFinishedEndsWithTheirModel() throws Exception {
    draft("slow");
    try (Running a = Running.start("slow-a", 61);
        Running b = Running.start("slow-b", 62);
        Running c = Running.start("slow-c", 63)) {
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
    draft("killed");
    try (Running b = Running.start("killed-b", 22)) {
      HttpTrainer two = b.trainer("s");
      Running first = Running.start("killed-a", 21);
      HttpTrainer one = first.trainer("s");
      together(() -> opened(one, "killed"), () -> opened(two, "killed"));
      both(one, two, 0, 0, 2, 1);
      assertThat(one.sync(1, "", filled(3)).status()).isEqualTo(202);
      first.kill();
      try (Running again = Running.start("killed-a", 21)) {
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

  /** The round was merged while the node was away: its weights must not count a second time. */
  @Test
  void weightsThatCountedBeforeTheNodeWasKilledAreNotSentAgain() throws Exception {
    draft("once");
    try (Running b = Running.start("once-b", 32)) {
      HttpTrainer two = b.trainer("s");
      Running first = Running.start("once-a", 31);
      HttpTrainer one = first.trainer("s");
      together(() -> opened(one, "once"), () -> opened(two, "once"));
      both(one, two, 0, 0, 2, 1);
      assertThat(one.sync(1, "", filled(3)).status()).isEqualTo(202);
      first.kill();
      assertThat(two.round(1, filled(5))).containsOnly(4f);
      try (Running again = Running.start("once-a", 31)) {
        HttpTrainer later = again.trainer("s");
        assertThat(opened(later, "once")).isTrue();
        assertThat(later.sync(1, "", filled(3)).json().path("round").asLong()).isEqualTo(1);
        HttpTrainer.Answered merged = later.merged(1);
        assertThat(merged.json().path("participated").asBoolean()).isTrue();
        assertThat(merged.json().path("round").asLong()).isEqualTo(1);
      }
    }
  }

  @Test
  void sayWhatIsWrongWithASession() throws Exception {
    draft("errors");
    try (Running a = Running.start("errors-a", 41);
        Running namesake = Running.start("errors-a", 44);
        Running stranger = Running.outside("errors-c", 43)) {
      HttpTrainer one = a.trainer("s");
      assertThat(opened(one, "errors")).isTrue();

      draft("methods");
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
          .contains(SiteKey.ofSeed(43).address(), "have its owner 0x");

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

      assertThat(a.trainer("t").open("errors").code()).isEqualTo("session-open");
      assertThat(a.trainer("t").open("errors", HttpTrainer.LAYOUT, ",\"takeOver\":true").status())
          .isEqualTo(200);
    }
  }

  @Test
  void sayWhatIsWrongWithASync() throws Exception {
    draft("late");
    try (Running a = Running.start("late-a", 51);
        Running b = Running.start("late-b", 52)) {
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
          .contains("1 of at least 2", "missing are [late-b]");

      // It can be sent again, and is in the round then.
      assertThat(one.sync(0, "", filled(1)).status()).isEqualTo(202);
      assertThat(b.trainer("s").round(0, filled(3))).containsOnly(2f);
      assertThat(one.merged(0).json().path("participated").asBoolean()).isTrue();
    }
  }

  private static boolean opened(HttpTrainer trainer, String contract) throws Exception {
    HttpTrainer.Answered answer = trainer.open(contract);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    return true;
  }

  /** Both contribute; each gets the mean. */
  private static void both(
      HttpTrainer one, HttpTrainer two, long n, float first, float second, float mean)
      throws Exception {
    together(
        () -> {
          assertThat(one.round(n, filled(first))).containsOnly(mean);
          return true;
        },
        () -> {
          assertThat(two.round(n, filled(second))).containsOnly(mean);
          return true;
        });
  }

  private static float[] filled(float value) {
    float[] weights = new float[9];
    Arrays.fill(weights, value);
    return weights;
  }

  private static void together(Callable<Boolean> one, Callable<Boolean> two) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<Boolean> first = threads.submit(one);
      Future<Boolean> second = threads.submit(two);
      assertThat(first.get(60, TimeUnit.SECONDS)).isTrue();
      assertThat(second.get(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      threads.shutdownNow();
    }
  }
}
