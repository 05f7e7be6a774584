package io.swarmstream.local;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.chain.ChainDeployment;
import io.swarmstream.clients.chain.ChainOptions;
import io.swarmstream.clients.chain.SigningKey;
import io.swarmstream.clients.kafka.ContractTopics;
import io.swarmstream.clients.kafka.KafkaEndpoint;
import io.swarmstream.clients.kafka.TopicOptions;
import io.swarmstream.embedded.Anvil;
import io.swarmstream.embedded.EmbeddedKafka;
import io.swarmstream.embedded.EmbeddedKafkaOptions;
import io.swarmstream.jobs.SwarmJobOptions;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.DeltaEncoding;
import io.swarmstream.schemas.files.TemporaryFolder;
import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.schemas.signing.SiteKey;
import io.swarmstream.schemas.wire.Topic;
import io.swarmstream.site.SiteOptions;
import io.swarmstream.site.SwarmSite;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * A whole swarm in this JVM: Kafka broker, Ethereum node and Flink mini cluster with the main job,
 * all real, started and stopped together. Its data is in a temporary folder, which is deleted when
 * the swarm is closed.
 */
public final class LocalSwarm implements AutoCloseable {
  private static final Duration TOPICS_DEADLINE = Duration.ofSeconds(30);

  /**
   * Longest wait of a new contract; three sources poll at this interval, even when nobody trains.
   */
  private static final Duration DISCOVERY_INTERVAL = Duration.ofSeconds(1);

  /** How late the job learns of a contract or an enrolment. */
  private static final Duration CHAIN_POLL = Duration.ofMillis(500);

  /** Longer than any part's own deadline. */
  private static final Duration STARTS_DEADLINE = Duration.ofMinutes(2);

  private final StartedParts started;
  private final Path chainFile;
  private final EmbeddedKafka broker;
  private final Anvil anvil;
  private final ChainClient owner;
  private final SwarmJobOptions job;
  private final LocalCluster cluster;

  private LocalSwarm(LocalSwarmOptions options, StartedParts started) throws Exception {
    this.started = started;
    Path folder = started.add(TemporaryFolder.make()).path();
    chainFile = folder.resolve("chain.json");
    ExecutorService pool = Executors.newFixedThreadPool(3);
    IdleCluster flink;
    ChainOptions deployed;
    SiteKey ownerKey;
    try {
      Future<EmbeddedKafka> kafka =
          pool.submit(
              started.starting(
                  () ->
                      EmbeddedKafka.start(
                          EmbeddedKafkaOptions.defaults().withFolder(folder.resolve("kafka")))));
      Future<Anvil> chain =
          pool.submit(
              started.starting(() -> Anvil.start(Anvil.Options.DEFAULT.withState(chainFile))));
      Future<IdleCluster> idle =
          pool.submit(started.starting(() -> IdleCluster.start(options, folder)));
      // The chain needs the least time, so this thread deploys the contracts while the others
      // start.
      anvil = chain.get();
      ownerKey = SiteKey.ofHex(anvil.devKeys().get(0));
      deployed = ChainDeployment.deploy(anvil.url(), ownerKey).withPollInterval(CHAIN_POLL);
      broker = kafka.get();
      flink = idle.get();
    } finally {
      // A part that is still starting when another one fails has to be stopped as well.
      pool.shutdown();
      StartedParts.awaitEnd(
          () -> {
            var unused = pool.awaitTermination(STARTS_DEADLINE.toSeconds(), TimeUnit.SECONDS);
          });
    }
    owner = started.add(ChainClient.signing(deployed, ownerKey));
    job =
        new SwarmJobOptions(
            SwarmJobOptions.DEFAULT_ID,
            KafkaEndpoint.of(broker.bootstrapServers()),
            TopicOptions.defaults(),
            deployed,
            SigningKey.ofDevelopmentKey(anvil.devKeys().get(1)),
            new SwarmJobOptions.Intervals(options.checkpointInterval(), DISCOVERY_INTERVAL),
            Optional.of(folder.resolve("checkpoints").toUri().toString()));
    cluster = started.add(LocalCluster.start(flink, job));
  }

  /**
   * Starts all parts; takes about 6 s on two idle cores.
   *
   * <p>Only one swarm can run in a JVM at a time: Flink's Kafka sink keeps a static table of
   * writers and committers by the prefix of their transactions, and two jobs with the same id would
   * commit each other's transactions.
   *
   * @throws Exception when a part does not start; those that did are stopped
   */
  public static LocalSwarm start(LocalSwarmOptions options) throws Exception {
    StartedParts started = new StartedParts();
    try {
      return new LocalSwarm(options, started);
    } catch (Exception e) {
      started.close();
      throw e;
    }
  }

  public KafkaEndpoint kafka() {
    return job.kafka();
  }

  public ChainOptions chain() {
    return job.chain();
  }

  public EmbeddedKafka broker() {
    return broker;
  }

  public Anvil anvil() {
    return anvil;
  }

  /** The file in which the node keeps the chain; it writes it every second. */
  Path chainFile() {
    return chainFile;
  }

  public LocalCluster cluster() {
    return cluster;
  }

  /** Options of the main job. */
  SwarmJobOptions job() {
    return job;
  }

  /** The parts that may fail, for a {@link SwarmSupervisor}. */
  public List<Watched> parts() {
    return List.of(
        new WatchedBroker(broker),
        new WatchedChain(anvil, owner, chainFile),
        new WatchedJob(cluster));
  }

  /** A client of the account that owns the contracts created here. */
  public ChainClient owner() {
    return owner;
  }

  /**
   * Key of that account, 64 hex digits. It belongs to the development chain and is publicly known.
   */
  public String ownerKey() {
    return anvil.devKeys().get(0);
  }

  /** Address of that account. */
  public String ownerAccount() {
    return SiteKey.ofHex(ownerKey()).address();
  }

  /** Folder for what its console keeps, which is deleted with the swarm's data. */
  public Path consoleFolder() {
    return chainFile.resolveSibling("console");
  }

  /** Address of the account that anchors the rounds. */
  public String coordinator() {
    return SiteKey.ofHex(anvil.devKeys().get(1)).address();
  }

  /**
   * Creates a training contract; the job picks it up while it runs.
   *
   * @param chunkValues values of a full chunk
   */
  public ContractTerms createContract(
      String name,
      ModelLayout layout,
      String method,
      int minPeers,
      Duration gracePeriod,
      int chunkValues)
      throws InterruptedException {
    return createContract(
        name, layout, method, minPeers, gracePeriod, chunkValues, DeltaEncoding.FLOAT32);
  }

  /** Creates a training contract whose sites encode their deltas. */
  public ContractTerms createContract(
      String name,
      ModelLayout layout,
      String method,
      int minPeers,
      Duration gracePeriod,
      int chunkValues,
      DeltaEncoding encoding)
      throws InterruptedException {
    ContractTerms terms =
        new ContractTerms(
            name,
            owner.network(),
            method,
            minPeers,
            gracePeriod.toMillis(),
            layout.parameterCount(),
            chunkValues,
            encoding,
            layout.hash().hex());
    return createContract(terms, layout);
  }

  /** Creates a training contract of any terms. */
  public ContractTerms createContract(ContractTerms terms, ModelLayout layout)
      throws InterruptedException {
    // The job creates them too; created here, a site can join at once.
    new ContractTopics(job.kafka(), job.topics())
        .create(terms.contract(), Topic.kindsOf(terms), TOPICS_DEADLINE);
    owner.administration().createContract(terms, layout, coordinator());
    return terms;
  }

  /** Enrols a site. */
  public void enrol(String contract, SiteKey site, String siteName, int maxWeight) {
    owner.administration().enrolSite(contract, site.address(), siteName, maxWeight);
  }

  /** Joins as an enrolled site. */
  public SwarmSite join(String contract, SiteKey site) throws InterruptedException {
    return SwarmSite.join(siteOptions(contract), site);
  }

  /** What a site needs to take part. */
  public SiteOptions siteOptions(String contract) {
    return SiteOptions.of(contract, job.kafka(), job.chain());
  }

  /**
   * Stops all parts, the job first, even when one of them fails to stop or the thread is
   * interrupted meanwhile.
   */
  @Override
  public void close() {
    started.close();
  }
}
