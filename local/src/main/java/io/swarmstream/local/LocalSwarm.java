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
import io.swarmstream.local.processes.Await;
import io.swarmstream.local.processes.ChainFile;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.Encoding;
import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.schemas.signing.SiteKey;
import io.swarmstream.site.SiteOptions;
import io.swarmstream.site.SwarmSite;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafka broker, Ethereum node and Flink mini cluster with the main job, all real, started and
 * stopped together. Its data is in a temporary folder that goes with it.
 */
public final class LocalSwarm implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LocalSwarm.class);
  private static final Duration TOPICS_DEADLINE = Duration.ofSeconds(30);

  /** The most that a new contract waits; three sources ask for it, also when nobody trains. */
  private static final Duration DISCOVERY_INTERVAL = Duration.ofSeconds(1);

  /** How late the job learns of a contract or an enrolment. */
  private static final Duration CHAIN_POLL = Duration.ofMillis(500);

  /** Longer than any part's own deadline. */
  private static final Duration STARTS_DEADLINE = Duration.ofMinutes(2);

  /** How long the chain may be silent until it counts as down. */
  private static final Duration SILENCE = Duration.ofSeconds(20);

  private static final Duration KEEP_EVERY = Duration.ofMinutes(1);

  /** What has been started, the last first. */
  private final Deque<AutoCloseable> started = new ArrayDeque<>();

  private final Path chainFile;
  private final EmbeddedKafka broker;
  private final Anvil anvil;
  private final ChainClient owner;
  private final String coordinator;
  private final SwarmJobOptions job;
  private final LocalCluster cluster;

  private LocalSwarm(LocalSwarmOptions options) throws Exception {
    try {
      TemporaryFolder temporary = TemporaryFolder.make();
      started.push(temporary);
      Path folder = temporary.path();
      chainFile = folder.resolve("chain.json");
      ExecutorService pool = Executors.newFixedThreadPool(2);
      try {
        Future<EmbeddedKafka> kafka =
            pool.submit(
                own(
                    () ->
                        EmbeddedKafka.start(
                            EmbeddedKafkaOptions.defaults().withFolder(folder.resolve("kafka")))));
        Future<Anvil> chain =
            pool.submit(own(() -> Anvil.start(Anvil.Options.DEFAULT.withState(chainFile))));
        broker = kafka.get();
        anvil = chain.get();
      } finally {
        // A part that is still starting when the other one fails has to be stopped as well.
        pool.shutdown();
        awaitEnd(
            () -> {
              var unused = pool.awaitTermination(STARTS_DEADLINE.toSeconds(), TimeUnit.SECONDS);
            });
      }
      SiteKey coordinatorKey = SiteKey.ofHex(anvil.devKeys().get(1));
      coordinator = coordinatorKey.address();
      SiteKey ownerKey = SiteKey.ofHex(anvil.devKeys().get(0));
      ChainOptions deployed =
          ChainDeployment.deploy(anvil.url(), ownerKey).withPollInterval(CHAIN_POLL);
      owner = ChainClient.signing(deployed, ownerKey);
      started.push(owner);
      job =
          new SwarmJobOptions(
              SwarmJobOptions.DEFAULT_ID,
              KafkaEndpoint.of(broker.bootstrapServers()),
              TopicOptions.defaults(),
              deployed,
              SigningKey.ofDevelopmentKey(anvil.devKeys().get(1)),
              options.checkpointInterval(),
              DISCOVERY_INTERVAL,
              Optional.of(folder.resolve("checkpoints").toUri().toString()));
      cluster = LocalCluster.start(options, job, folder);
      started.push(cluster);
    } catch (Exception e) {
      close();
      throw e;
    }
  }

  private <T extends AutoCloseable> Callable<T> own(Callable<T> start) {
    return () -> {
      T part = start.call();
      synchronized (started) {
        started.push(part);
      }
      return part;
    };
  }

  /**
   * Starts all parts; takes some 10 s.
   *
   * @throws Exception when a part does not start; those that did are stopped
   */
  public static LocalSwarm start(LocalSwarmOptions options) throws Exception {
    return new LocalSwarm(options);
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

  /** The file in which the chain is kept, written every second. */
  Path chainFile() {
    return chainFile;
  }

  public LocalCluster cluster() {
    return cluster;
  }

  /** What may fail, for a {@link SwarmSupervisor}. */
  public List<Watched> parts() {
    return List.of(new Broker(), new Chain(), new Job());
  }

  private final class Broker implements Watched {
    @Override
    public String name() {
      return "the Kafka broker";
    }

    @Override
    public Optional<Trouble> trouble() {
      String address = broker.bootstrapServers();
      int port = Integer.parseInt(address.substring(address.indexOf(':') + 1));
      return broker.isRunning() && Await.isListening(port)
          ? Optional.empty()
          : Optional.of(Trouble.certain("it has stopped"));
    }

    @Override
    public void restart() {
      broker.restart();
    }
  }

  private final class Chain implements Watched {
    private final ChainFile file = new ChainFile(chainFile);
    private long keptAtNanos = System.nanoTime();

    @Override
    public String name() {
      return "the Ethereum node";
    }

    @Override
    public Optional<Trouble> trouble() throws InterruptedException {
      if (!anvil.isRunning()) {
        return Optional.of(Trouble.certain("its process has ended"));
      }
      try {
        var unused = owner.newestBlock();
      } catch (RuntimeException e) {
        return Optional.of(new Trouble("it does not answer", SILENCE));
      }
      keep();
      return Optional.empty();
    }

    /** A node that is killed while it writes its file leaves half of it behind. */
    private void keep() throws InterruptedException {
      if (System.nanoTime() - keptAtNanos > KEEP_EVERY.toNanos()) {
        keptAtNanos = System.nanoTime();
        try {
          file.keep();
        } catch (InterruptedException e) {
          throw e;
        } catch (Exception e) {
          LOG.debug("No copy of the chain could be kept", e);
        }
      }
    }

    @Override
    public void restart() throws IOException {
      anvil.kill();
      file.mend();
      anvil.restart();
    }
  }

  private final class Job implements Watched {
    @Override
    public String name() {
      return "the main job";
    }

    @Override
    public Optional<Trouble> trouble() throws InterruptedException {
      return cluster.trouble();
    }

    @Override
    public void restart() throws Exception {
      cluster.restart();
    }
  }

  /** A client of the account that owns the contracts made here. */
  public ChainClient owner() {
    return owner;
  }

  /** Key of that account, of the development chain and known to everybody: 64 hex digits. */
  public String ownerKey() {
    return anvil.devKeys().get(0);
  }

  /** Address of the account that anchors the rounds. */
  public String coordinator() {
    return coordinator;
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
        name, layout, method, minPeers, gracePeriod, chunkValues, Encoding.FLOAT32);
  }

  /** The same, of sites that encode their deltas. */
  public ContractTerms createContract(
      String name,
      ModelLayout layout,
      String method,
      int minPeers,
      Duration gracePeriod,
      int chunkValues,
      Encoding encoding)
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

  /** The same, of any terms. */
  public ContractTerms createContract(ContractTerms terms, ModelLayout layout)
      throws InterruptedException {
    // The job would make them too; this way a site can join at once.
    new ContractTopics(job.kafka(), job.topics()).create(terms.contract(), TOPICS_DEADLINE);
    owner.administration().createContract(terms, layout, coordinator);
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
   * Stops all parts, the job first; goes on when one of them fails to stop, and when the thread is
   * told to end meanwhile.
   */
  @Override
  public void close() {
    // In a thread that nobody interrupts: a part whose stop is cut short leaves its folder behind.
    Thread stopping = new Thread(this::stopAll, "local-swarm-stop");
    stopping.start();
    awaitEnd(stopping::join);
  }

  private void stopAll() {
    for (AutoCloseable part : started) {
      try {
        part.close();
      } catch (Exception e) {
        LOG.warn("A part of the local swarm did not stop cleanly", e);
      }
    }
    started.clear();
  }

  private interface Wait {
    void run() throws InterruptedException;
  }

  /** Waits on when the thread is interrupted, and interrupts it afterwards. */
  private static void awaitEnd(Wait wait) {
    boolean interrupted = false;
    while (true) {
      try {
        wait.run();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
