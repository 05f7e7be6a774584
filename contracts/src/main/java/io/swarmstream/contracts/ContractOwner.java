package io.swarmstream.contracts;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.chain.ChainOptions;
import io.swarmstream.clients.chain.ChainRefusalException;
import io.swarmstream.clients.kafka.ContractTopics;
import io.swarmstream.clients.kafka.KafkaEndpoint;
import io.swarmstream.clients.kafka.TopicOptions;
import io.swarmstream.schemas.Limits;
import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.schemas.signing.SiteKey;
import io.swarmstream.schemas.wire.Topic;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Creates contracts and enrols sites of a local swarm, with the owner's key, which is in the
 * swarm's folder.
 */
public final class ContractOwner implements ContractKeeper {
  /** Greatest weight that a site may ask for if the owner says nothing: all count alike. */
  public static final int USUAL_MAX_WEIGHT = 1;

  private static final Duration TOPICS_DEADLINE = Duration.ofSeconds(30);

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long RETRY_MS = 20;

  /** Keeps other threads out; a lock on a file keeps out other processes. */
  private static final ReentrantLock THREADS = new ReentrantLock();

  private final Path swarm;
  private final KafkaEndpoint kafka;
  private final ChainOptions chain;
  private final SiteKey key;
  private final String coordinator;

  /**
   * The owner of a local swarm.
   *
   * @param swarm the swarm's folder
   * @param coordinator address of the account that anchors rounds
   */
  public ContractOwner(
      Path swarm, KafkaEndpoint kafka, ChainOptions chain, SiteKey key, String coordinator) {
    this.swarm = swarm;
    this.kafka = kafka;
    this.chain = chain;
    this.key = key;
    this.coordinator = coordinator;
  }

  @Override
  public Optional<Draft> draft(String name) throws IOException {
    return Draft.find(swarm, name);
  }

  @Override
  public List<Draft> drafts() throws IOException {
    return Draft.all(swarm);
  }

  @Override
  public void write(Draft draft) throws IOException {
    draft.writeTo(swarm);
  }

  @Override
  public Draft reset(Draft draft) throws IOException {
    Draft anew = draft.reset();
    anew.writeTo(swarm);
    return anew;
  }

  @Override
  public boolean create(Draft draft, NewTerms terms, ModelLayout layout)
      throws IOException, InterruptedException {
    return create(draft.contract(), terms, layout);
  }

  @Override
  public boolean create(String contract, NewTerms terms, ModelLayout layout)
      throws IOException, InterruptedException {
    Limits usual = ContractRule.check(terms);
    ModelLayout written = terms.whole(layout);
    // The job would create them, too; this way a site can join at once.
    new ContractTopics(kafka, TopicOptions.defaults())
        .create(contract, Topic.kindsOf(terms.encoding(), terms.optimizer()), TOPICS_DEADLINE);
    return unlessRefused(
        "ContractAlreadyExists",
        client ->
            client
                .administration()
                .createContract(
                    terms.of(contract, client.network(), written, usual), written, coordinator));
  }

  @Override
  public void enrol(String contract, String site, String name, int maxWeight)
      throws IOException, InterruptedException {
    var unused =
        unlessRefused(
            "SiteAlreadyEnrolled",
            client -> client.administration().enrolSite(contract, site, name, maxWeight));
  }

  private interface Order {
    String send(ChainClient client);
  }

  private boolean unlessRefused(String error, Order order)
      throws IOException, InterruptedException {
    return alone(
        () -> {
          try (ChainClient client = ChainClient.signing(chain, key)) {
            var unused = order.send(client);
            return true;
          } catch (ChainRefusalException e) {
            if (e.error().equals(error)) {
              return false;
            }
            throw e;
          }
        });
  }

  /** Two transactions of one account at a time would use the same nonce. */
  private boolean alone(BooleanSupplier order) throws IOException, InterruptedException {
    if (!THREADS.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
      throw busy();
    }
    try (FileChannel file =
            FileChannel.open(
                swarm.resolve("owner.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = lock(file)) {
      return lock.isValid() && order.getAsBoolean();
    } finally {
      THREADS.unlock();
    }
  }

  private FileLock lock(FileChannel file) throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      FileLock lock = file.tryLock();
      if (lock != null) {
        return lock;
      }
      if (System.nanoTime() > end) {
        throw busy();
      }
      Thread.sleep(RETRY_MS);
    }
  }

  private IllegalStateException busy() {
    return new IllegalStateException(
        "another process has held the lock on "
            + swarm.resolve("owner.lock")
            + " for "
            + PATIENCE.toSeconds()
            + " s; stop that process");
  }
}
