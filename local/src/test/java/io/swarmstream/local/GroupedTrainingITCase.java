package io.swarmstream.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.local.DishonestKafka.Logged;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.DeltaEncoding;
import io.swarmstream.schemas.Privacy;
import io.swarmstream.schemas.avro.RoundRecord;
import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.schemas.masking.Cohort;
import io.swarmstream.site.Merged;
import io.swarmstream.site.SwarmSite;
import io.swarmstream.verification.RoundVerdict.Status;
import io.swarmstream.verification.Verification;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Thirteen sites mask their deltas in four groups, on real Kafka and Flink. One of them is bad, and
 * in the last round one of a small group is lost.
 */
class GroupedTrainingITCase {
  private static final int PARAMETERS = 1000;
  private static final int CHUNK_VALUES = 300;
  private static final String CONTRACT = "grouped";
  private static final int SITES = 13;
  private static final int MIN_PEERS = 12;
  private static final int ROUNDS = 3;

  /** What honest sites add at most in a round, and what the bad one adds. */
  private static final float HONEST = 0.01f * SITES;

  private static final float BAD = 1.9f;

  @TempDir private Path folder;

  /** A mean would have moved by a fifth in each round. */
  @Test
  void keepsABadSiteFromTheModelAndIsProvenWhole() throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    List<SwarmSite> sites = new ArrayList<>();
    try (LocalSwarm swarm = LocalSwarm.start(LocalSwarmOptions.defaults())) {
      createContract(swarm);
      for (int site = 0; site < SITES; site++) {
        sites.add(MaskedSwarm.join(swarm, CONTRACT, folder, site));
      }
      float before = 0;
      for (int round = 0; round < ROUNDS; round++) {
        boolean isLast = round == ROUNDS - 1;
        if (isLast) {
          loseOneOfASmallGroup(swarm, round, sites);
        }
        Merged merged =
            MaskedSwarm.sync(
                threads, sites, PARAMETERS, number -> number == 0 ? BAD : 0.01f * number);
        // The other two of its group are not told from the sum of two.
        assertThat(merged.summary().participants()).hasSize(isLast ? SITES - 3 : SITES);
        float now = merged.weights()[PARAMETERS - 1];
        assertThat(now - before).as("step of round %d", round).isBetween(0.01f, HONEST);
        before = now;
      }

      Verification all =
          TrainingProof.of(
              CONTRACT,
              OptionalLong.empty(),
              swarm.kafka(),
              swarm.chain(),
              folder.resolve("verify"));
      assertThat(all.status()).as(all.toString()).isEqualTo(Status.PROVEN);
      assertThat(all.rounds()).hasSize(ROUNDS);
      List<Logged> truth = DishonestKafka.read(swarm.kafka(), CONTRACT);
      for (RoundRecord record : DishonestKafka.roundRecords(truth)) {
        assertThat(record.getCosines()).isEmpty();
      }
      findsAFlippedBit(swarm, truth);
    } finally {
      threads.shutdownNow();
      sites.forEach(SwarmSite::close);
    }
  }

  private void findsAFlippedBit(LocalSwarm swarm, List<Logged> truth) throws Exception {
    List<Logged> lie =
        DishonestKafka.altered(
            truth, each -> DishonestKafka.isDelta(each, 1), DishonestKafka::flippedDelta);
    Verification all =
        TrainingProof.ofLie(CONTRACT, truth, lie, swarm.chain(), folder.resolve("lie"));
    assertThat(all.rounds().get(1).status()).as(all.toString()).isEqualTo(Status.FAILED);
  }

  /** Of thirteen sites, three groups have three, and one has four. */
  private static void loseOneOfASmallGroup(LocalSwarm swarm, long round, List<SwarmSite> sites)
      throws Exception {
    ContractTerms terms = swarm.owner().registry().terms(CONTRACT).orElseThrow();
    Cohort cohort = MaskedSwarm.cohort(swarm, CONTRACT, round, any -> true);
    assertThat(cohort.members()).hasSize(SITES);
    for (int number = 1; number < SITES; number++) {
      List<String> others = new ArrayList<>(cohort.members());
      others.remove(MaskedSwarm.key(number).address());
      if (cohort.hidden(others, terms).size() == SITES - 3) {
        String name = "site-" + number;
        SwarmSite lost =
            sites.stream().filter(site -> site.name().equals(name)).findFirst().orElseThrow();
        sites.remove(lost);
        lost.close();
        return;
      }
    }
    throw new AssertionError("no group of three without the bad site");
  }

  private static void createContract(LocalSwarm swarm) throws Exception {
    ModelLayout layout = ModelLayout.flat(PARAMETERS);
    swarm.createContract(
        new ContractTerms(
                CONTRACT,
                swarm.owner().network(),
                "geomedian",
                MIN_PEERS,
                10_000,
                PARAMETERS,
                CHUNK_VALUES,
                DeltaEncoding.FLOAT32,
                layout.hash().hex())
            .withPrivacy(Privacy.of("grouped(groups=4,range=2)")),
        layout);
    MaskedSwarm.enrol(swarm, CONTRACT, SITES);
  }
}
