package io.swarmstream.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.chain.SigningKey;
import io.swarmstream.jobs.SwarmJobOptions;
import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.schemas.signing.SiteKey;
import io.swarmstream.site.Merged;
import io.swarmstream.site.SwarmSite;
import io.swarmstream.verification.Progress;
import io.swarmstream.verification.RoundVerdict.Status;
import io.swarmstream.verification.Verification;
import io.swarmstream.verification.Verifier;
import io.swarmstream.verification.VerifyJob;
import io.swarmstream.verification.VerifyOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The coordinator's key is replaced during a training: no round is lost, and all are proven. */
class CoordinatorHandoverITCase {
  private static final int PARAMETERS = 1000;

  /** The development chain's account that takes over. */
  private static final int SUCCESSOR = 5;

  @TempDir private Path temporary;

  @Test
  void sitesJobAndVerifyFollow() throws Exception {
    try (LocalSwarm swarm = LocalSwarm.start(LocalSwarmOptions.defaults())) {
      swarm.createContract(
          "c", ModelLayout.flat(PARAMETERS), "mean", 2, Duration.ofSeconds(30), 300);
      try (Sites sites = Sites.join(swarm, "c", 2)) {
        round(sites, 0);
        round(sites, 1);
        awaitAnchor(swarm, 1);

        swarm.cluster().handOver(jobOfSuccessor(swarm), () -> takeOver(swarm));

        round(sites, 2);
        round(sites, 3);
        awaitAnchor(swarm, 3);
        joinsAfterwards(swarm);
        Verification verified = verify(swarm);
        assertThat(verified.findings()).isEmpty();
        assertThat(verified.count(Status.PROVEN)).isEqualTo(4);
      }
    }
  }

  private static void round(Sites sites, int round) throws Exception {
    for (Merged merged :
        sites.sync(site -> Sites.constant(PARAMETERS, 2F * round + 1 + 2 * site))) {
      assertThat(merged.round()).isEqualTo(round);
      assertThat(merged.participated()).isTrue();
    }
  }

  private static SwarmJobOptions jobOfSuccessor(LocalSwarm swarm) {
    SwarmJobOptions before = swarm.job();
    return new SwarmJobOptions(
        before.id(),
        before.kafka(),
        before.topics(),
        before.chain(),
        SigningKey.ofDevelopmentKey(swarm.anvil().devKeys().get(SUCCESSOR)),
        before.intervals(),
        before.checkpointDirectory());
  }

  private static void takeOver(LocalSwarm swarm) {
    SiteKey successor = SiteKey.ofHex(swarm.anvil().devKeys().get(SUCCESSOR));
    swarm.owner().administration().offerCoordinator("c", successor.address());
    try (ChainClient client = ChainClient.signing(swarm.chain(), successor)) {
      client.administration().acceptCoordinator("c");
    }
  }

  /** A site that joins later knows the rounds of both coordinators. */
  private static void joinsAfterwards(LocalSwarm swarm) throws Exception {
    SiteKey key = SiteKey.ofSeed(9);
    swarm.enrol("c", key, "late", 100);
    try (SwarmSite late = swarm.join("c", key)) {
      for (long round = 0; round <= 3; round++) {
        assertThat(late.rounds().await(round, Sites.DEADLINE).round()).isEqualTo(round);
      }
    }
  }

  private Verification verify(LocalSwarm swarm) throws Exception {
    return new Verifier(
            new VerifyOptions(
                "c", OptionalLong.empty(), swarm.kafka(), swarm.chain(), Sites.DEADLINE),
            VerifyJob.inThisProcess(OptionalInt.of(1), temporary),
            Progress.none())
        .run();
  }

  private static void awaitAnchor(LocalSwarm swarm, long round) {
    await("anchor of round " + round)
        .atMost(Sites.DEADLINE)
        .until(() -> swarm.owner().anchors().anchor("c", round).isPresent());
  }
}
