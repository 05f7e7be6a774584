package io.swarmstream.cli.train;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.kafka.ContractTopics;
import io.swarmstream.clients.kafka.TopicOptions;
import io.swarmstream.examples.digits.DemoDefaults;
import io.swarmstream.examples.digits.Trainer;
import io.swarmstream.examples.training.SiteTraining;
import io.swarmstream.jobs.options.SwarmProperties;
import io.swarmstream.local.processes.OwnSites;
import io.swarmstream.local.processes.OwnerFiles;
import io.swarmstream.schemas.ClipTensor;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.Privacy;
import io.swarmstream.schemas.layout.ModelLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A training on a cluster: its contract and its sites' processes. */
public final class TrainingRun implements AutoCloseable {
  private static final Duration TOPICS_DEADLINE = Duration.ofSeconds(30);

  /** Splits the small network into several chunks, so that all slots of the cluster merge. */
  private static final int CHUNK_VALUES = 1024;

  private final TrainingPlan plan;
  private final List<SiteProcess> sites;

  private TrainingRun(TrainingPlan plan, Path swarm) {
    this.plan = plan;
    this.sites =
        IntStream.range(0, plan.sites())
            .mapToObj(site -> new SiteProcess(plan, site, swarm))
            .toList();
  }

  /**
   * Creates the contract and enrols the sites if necessary; starts no site.
   *
   * @param swarm folder of a running local swarm
   * @param gracePeriod how long a round with enough peers waits for the others
   * @throws IllegalArgumentException when the contract exists with other terms; names the option
   */
  public static TrainingRun prepare(TrainingPlan plan, Path swarm, Duration gracePeriod)
      throws IOException, InterruptedException {
    TrainingRun run = new TrainingRun(plan, swarm);
    SwarmProperties properties = SwarmProperties.in(swarm);
    OwnerFiles files = OwnerFiles.in(swarm);
    try (ChainClient owner = ChainClient.signing(properties.chainOptions(), files.owner())) {
      run.agree(owner, files.coordinator(), properties, gracePeriod);
      run.enrolAll(owner, new OwnSites(swarm));
    }
    return run;
  }

  private void agree(
      ChainClient owner, String coordinator, SwarmProperties properties, Duration gracePeriod)
      throws InterruptedException {
    Optional<ContractTerms> agreed = owner.registry().terms(plan.contract());
    Privacy privacy = agreed.map(ContractTerms::privacy).orElse(Privacy.NONE);
    ModelLayout layout = ClipTensor.whole(privacy, layout());
    ContractTerms asked = terms(owner.network(), gracePeriod, layout);
    if (agreed.isPresent()) {
      AgreedTerms.require(asked, agreed.get());
    }
    // The job would create the topics too; created here, sites can join at once.
    new ContractTopics(properties.kafkaEndpoint(), TopicOptions.defaults())
        .create(plan.contract(), TOPICS_DEADLINE);
    if (agreed.isEmpty()) {
      owner.administration().createContract(asked, layout, coordinator);
    }
  }

  private ContractTerms terms(String network, Duration gracePeriod, ModelLayout layout) {
    return new ContractTerms(
        plan.contract(),
        network,
        plan.merge(),
        plan.minPeers(),
        gracePeriod.toMillis(),
        layout.parameterCount(),
        CHUNK_VALUES,
        plan.encoding(),
        layout.hash().hex());
  }

  private void enrolAll(ChainClient owner, OwnSites own) throws IOException {
    for (int site = 0; site < plan.sites(); site++) {
      own.admit(TrainingPlan.siteName(site), plan.key(site));
      String address = plan.key(site).address();
      if (owner.registry().sites(plan.contract()).stream()
          .noneMatch(enrolled -> enrolled.address().equals(address))) {
        owner
            .administration()
            .enrolSite(plan.contract(), address, TrainingPlan.siteName(site), SiteProgram.WEIGHT);
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

  /** Starts all sites that are neither running nor done. */
  public void startSites() throws IOException {
    for (SiteProcess site : sites) {
      if (!site.isAlive() && !site.isDone()) {
        site.start();
      }
    }
  }

  /** Stops all sites. */
  @Override
  public void close() {
    sites.forEach(SiteProcess::close);
  }
}
