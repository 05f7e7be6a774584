package io.swarmstream.local.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.swarmstream.contracts.ContractOwner;
import io.swarmstream.contracts.Draft;
import io.swarmstream.contracts.WantedLimits;
import io.swarmstream.local.LocalSwarm;
import io.swarmstream.local.LocalSwarmOptions;
import io.swarmstream.schemas.DeltaEncoding;
import io.swarmstream.schemas.Optimizer;
import io.swarmstream.schemas.Privacy;
import io.swarmstream.schemas.hashing.PayloadHash;
import io.swarmstream.schemas.layout.ModelLayout;
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

/** What site nodes tell their trainers about what follows the rounds: the interval, the clip. */
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

  @Test
  void leavesTheClipsValueOutOfTheTrainersModel() throws Exception {
    new Draft(
            "clipped",
            1,
            Duration.ofSeconds(3),
            null,
            null,
            DeltaEncoding.FLOAT32,
            0,
            WantedLimits.USUAL,
            ContractOwner.USUAL_MAX_WEIGHT,
            PayloadHash.BLAKE3,
            Optimizer.NONE,
            Privacy.of("dp(clip=1,noise=0,quantile=0.5)"))
        .writeTo(folder);
    HttpTrainer one = trainer(0, "c");
    HttpTrainer two = trainer(1, "c");
    ModelLayout reserved = ModelLayout.parse("a:2\nswarmstream.log_clip:1");
    HttpTrainer.Answered refused = one.open("clipped", reserved, "");
    assertThat(refused.code()).isEqualTo("bad-value");
    assertThat(refused.json().path("field").asText()).isEqualTo("layout");
    assertThat(one.open("clipped").json().at("/terms/parameterCount").asInt()).isEqualTo(9);
    assertThat(two.open("clipped").status()).isEqualTo(200);

    assertThat(synced(one, two, 0, 0, 0).json().path("clip").asDouble()).isEqualTo(1);
    HttpTrainer.Answered merged = synced(one, two, 1, 5, 5);
    assertThat(merged.json().path("clip").asDouble())
        .isCloseTo(Math.exp(0.2 * 0.5), within(1e-6)); // both are longer
    assertThat(merged.json().path("norm").asDouble()).isCloseTo(1, within(1e-6));
    assertThat(one.model("/syncs/1/model")).hasSize(9);
    assertThat(swarm.owner().registry().layout("clipped").orElseThrow())
        .isEqualTo(ModelLayout.parse(HttpTrainer.LAYOUT + "\nswarmstream.log_clip:1"));
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
