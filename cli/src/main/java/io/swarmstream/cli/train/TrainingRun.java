package io.swarmstream.cli.train;

import io.swarmstream.chain.ChainClient;
import io.swarmstream.kafka.ContractTopics;
import io.swarmstream.kafka.TopicOptions;
import io.swarmstream.local.processes.ProcessCluster;
import io.swarmstream.local.processes.SwarmProperties;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.ModelLayout;
import io.swarmstream.site.trainer.DemoDefaults;
import io.swarmstream.site.trainer.Trainer;
import io.swarmstream.site.training.SiteTraining;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** A training on a cluster: its contract and its sites' processes. */
public final class TrainingRun implements AutoCloseable {
  private static final Duration TOPICS_DEADLINE = Duration.ofSeconds(30);

  /** Cuts the small network in several chunks, so that all slots of the cluster merge. */
  static final int CHUNK_VALUES = 1024;

  private final TrainingPlan plan;
  private final ProcessCluster cluster;
  private final List<SiteProcess> sites;

  private TrainingRun(TrainingPlan plan, ProcessCluster cluster) {
    this.plan = plan;
    this.cluster = cluster;
    this.sites =
        IntStream.range(0, plan.sites())
            .mapToObj(site -> new SiteProcess(plan, site, cluster.folder()))
            .toList();
  }

  /**
   * Creates the contract and enrols the sites, unless that has been done; starts no site.
   *
   * @param gracePeriod how long a round with enough peers waits for the others
   */
  public static TrainingRun prepare(TrainingPlan plan, ProcessCluster cluster, Duration gracePeriod)
      throws Exception {
    TrainingRun run = new TrainingRun(plan, cluster);
    run.enrolAll(gracePeriod);
    return run;
  }

  private void enrolAll(Duration gracePeriod) throws IOException, InterruptedException {
    SwarmProperties swarm = cluster.properties();
    new ContractTopics(swarm.kafkaEndpoint(), TopicOptions.defaults())
        .create(plan.contract(), TOPICS_DEADLINE);
    try (ChainClient owner = ChainClient.signing(swarm.chainOptions(), cluster.owner())) {
      if (owner.readTerms(plan.contract()).isEmpty()) {
        ModelLayout layout = layout();
        ContractTerms terms =
            new ContractTerms(
                plan.contract(),
                owner.network(),
                plan.merge(),
                plan.minPeers(),
                gracePeriod.toMillis(),
                layout.parameterCount(),
                CHUNK_VALUES,
                plan.encoding(),
                layout.hash().hex());
        owner.createContract(terms, layout, cluster.coordinator().address());
      }
      for (int site = 0; site < plan.sites(); site++) {
        String address = plan.key(site).address();
        if (owner.sites(plan.contract()).stream()
            .noneMatch(enrolled -> enrolled.address().equals(address))) {
          owner.enrolSite(
              plan.contract(), address, TrainingPlan.siteName(site), SiteProgram.WEIGHT);
        }
      }
    }
  }

  private ModelLayout layout() {
    try (Trainer trainer =
        new Trainer(plan.split().test(), plan.seed(), plan.seed(), DemoDefaults.trainer())) {
      return SiteTraining.layoutOf(trainer);
    }
  }

  public TrainingPlan plan() {
    return plan;
  }

  public List<SiteProcess> sites() {
    return sites;
  }

  /** Starts all sites that neither run nor are done. */
  public void startSites() throws IOException {
    for (SiteProcess site : sites) {
      if (!site.isAlive() && !site.isDone()) {
        site.start();
      }
    }
  }

  /** Ends all sites. */
  @Override
  public void close() {
    sites.forEach(SiteProcess::close);
  }
}
