package io.swarmstream.local.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.contracts.ContractOwner;
import io.swarmstream.contracts.Draft;
import io.swarmstream.local.LocalSwarm;
import io.swarmstream.local.LocalSwarmOptions;
import io.swarmstream.schemas.signing.SiteKey;
import io.swarmstream.site.node.NodeOptions;
import io.swarmstream.site.node.SiteNode;
import io.swarmstream.site.node.http.NodeServer;
import io.swarmstream.site.node.http.ServerOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What site nodes tell their trainers about the interval until the next sync. */
@SuppressWarnings("NullAway.Init")
class AdaptiveNodeITCase {
  private static final int FIRST = 64;
  private static final String ADAPTIVE = ",\"adaptive\":true";

  @TempDir static Path folder;
  private static LocalSwarm swarm;
  private static final List<SiteNode> NODES = new ArrayList<>();
  private static final List<NodeServer> SERVERS = new ArrayList<>();

  @BeforeAll
  static void start() throws Exception {
    swarm = LocalSwarm.start(LocalSwarmOptions.defaults());
    ContractOwner owner =
        new ContractOwner(
            folder,
            swarm.kafka(),
            swarm.chain(),
            SiteKey.ofHex(swarm.ownerKey()),
            swarm.coordinator());
    for (int site = 0; site < 3; site++) {
      String name = "hospital-" + site;
      NODES.add(
          SiteNode.of(
              NodeOptions.of(name, swarm.kafka(), swarm.chain(), folder.resolve(name))
                  .withOwner(owner),
              SiteKey.ofSeed(70 + site)));
      SERVERS.add(NodeServer.start(NODES.get(site), ServerOptions.of("127.0.0.1", 0)));
    }
  }

  @AfterAll
  static void stop() throws Exception {
    SERVERS.forEach(NodeServer::close);
    for (SiteNode node : NODES) {
      node.close();
    }
    swarm.close();
  }

  @Test
  void isTheSameForAllAndFollowsTheRoundRecords() throws Exception {
    new Draft("adaptive", 1, Duration.ofSeconds(3), null, null).writeTo(folder);
    HttpTrainer one = trainer(0, "s");
    HttpTrainer two = trainer(1, "s");
    HttpTrainer.Answered asked =
        one.open("adaptive", HttpTrainer.LAYOUT, ADAPTIVE + ",\"syncInterval\":" + FIRST);
    assertThat(asked.json().at("/terms/adaptiveInterval").asInt()).isEqualTo(FIRST);
    assertThat(interval(asked)).isEqualTo(FIRST);
    assertThat(interval(two.open("adaptive"))).isEqualTo(FIRST);

    assertThat(interval(synced(one, two, 0, 0, 0))).as("nothing was trained").isEqualTo(FIRST);
    int next = interval(synced(one, two, 1, 2, 4));
    assertThat(next).as("three times as far together as apart").isEqualTo(111);
    assertThat(interval(two.merged(1))).isEqualTo(next);

    assertThat(interval(trainer(2, "s").open("adaptive"))).as("who joins late").isEqualTo(next);
  }

  @Test
  void isTheTrainersOwnInAContractThatIsNotAdaptive() throws Exception {
    new Draft("fixed", 1, Duration.ofSeconds(3), null, null).writeTo(folder);
    HttpTrainer.Answered opened =
        trainer(0, "f").open("fixed", HttpTrainer.LAYOUT, ",\"syncInterval\":7");
    assertThat(opened.json().at("/terms/adaptiveInterval").asInt(-1)).isZero();
    assertThat(interval(opened)).isEqualTo(7);

    HttpTrainer.Answered refused = trainer(1, "f").open("fixed", HttpTrainer.LAYOUT, ADAPTIVE);
    assertThat(refused.code()).isEqualTo("terms-mismatch");
    assertThat(refused.json().path("field").asText()).isEqualTo("adaptive");
    assertThat(refused.json().path("detail").asText()).contains("--adaptive-interval 128");

    HttpTrainer.Answered tooMuch =
        trainer(1, "f").open("fixed", HttpTrainer.LAYOUT, ADAPTIVE + ",\"syncInterval\":1000001");
    assertThat(tooMuch.code()).isEqualTo("bad-value");
    assertThat(tooMuch.json().path("field").asText()).isEqualTo("syncInterval");
  }

  private static HttpTrainer trainer(int site, String session) {
    return new HttpTrainer(SERVERS.get(site), session);
  }

  private static int interval(HttpTrainer.Answered answer) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    return answer.json().path("nextInterval").asInt();
  }

  /** Both contribute; the answer is the first one's. */
  private static HttpTrainer.Answered synced(
      HttpTrainer one, HttpTrainer two, long n, float first, float second) throws Exception {
    assertThat(one.sync(n, "", filled(first)).status()).isEqualTo(202);
    assertThat(two.sync(n, "", filled(second)).status()).isEqualTo(202);
    return one.merged(n);
  }

  private static float[] filled(float value) {
    float[] weights = new float[9];
    Arrays.fill(weights, value);
    return weights;
  }
}
