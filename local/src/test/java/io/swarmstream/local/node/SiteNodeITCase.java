package io.swarmstream.local.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.local.LocalSwarm;
import io.swarmstream.local.LocalSwarmOptions;
import io.swarmstream.schemas.SiteKey;
import io.swarmstream.site.node.ContractOwner;
import io.swarmstream.site.node.Draft;
import io.swarmstream.site.node.NodeOptions;
import io.swarmstream.site.node.SiteNode;
import io.swarmstream.site.node.http.NodeServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
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
            swarm.coordinator());
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
      assertThat(one.delete().status()).isEqualTo(204);
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
