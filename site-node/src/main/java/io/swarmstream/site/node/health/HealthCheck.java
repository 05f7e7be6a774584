package io.swarmstream.site.node.health;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.chain.ChainException;
import io.swarmstream.clients.kafka.KafkaEndpoint;
import io.swarmstream.clients.kafka.log.BrokerProbe;
import io.swarmstream.site.node.health.SwarmHealth.Anchors;
import io.swarmstream.site.node.health.SwarmHealth.Part;
import io.swarmstream.site.node.session.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks every few seconds whether the parts of the swarm answer, with one thread of its own, so
 * that requests for the status cost the swarm nothing.
 *
 * <p>The job writes a notice of an open round every five seconds. It counts as down when a session
 * has waited four times as long without news.
 */
public final class HealthCheck implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HealthCheck.class);
  private static final Duration INTERVAL = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** Longest time without news of the job while a round waits. */
  static final Duration SILENCE = Duration.ofSeconds(20);

  private final ChainClient chain;
  private final BrokerProbe kafka;
  private final Supplier<Collection<Session>> sessions;
  private final Thread thread;

  // -- of the thread
  private final Map<String, Heard> heard = new HashMap<>();
  private final Map<String, Anchors> anchors = new HashMap<>();

  // -- shared
  private volatile SwarmHealth health = SwarmHealth.UNKNOWN;

  /** The job's last news of a contract, and since when they have been the last. */
  private record Heard(String news, Instant since) {}

  /**
   * Prepares it.
   *
   * @param sessions the open ones
   */
  public HealthCheck(
      ChainClient chain, KafkaEndpoint kafka, Supplier<Collection<Session>> sessions) {
    this.chain = chain;
    this.kafka = new BrokerProbe(kafka, PATIENCE);
    this.sessions = sessions;
    this.thread = new Thread(this::run, "swarm-health");
    thread.setDaemon(true);
  }

  /** Begins to check. */
  public void start() {
    thread.start();
  }

  /** The newest result. */
  public SwarmHealth health() {
    return health;
  }

  private void run() {
    try (kafka) {
      while (!Thread.currentThread().isInterrupted()) {
        look();
        Thread.sleep(INTERVAL.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() throws InterruptedException {
    try {
      Part chainNow = health.part("chain").now(chainProblem());
      Part kafkaNow = health.part("kafka").now(kafka.problem());
      Part jobNow = health.part("job").now(kafkaNow.isUp() ? jobProblem() : Optional.empty());
      if (chainNow.isUp()) {
        countAnchors();
      }
      health = SwarmHealth.of(chainNow, kafkaNow, jobNow, anchors);
    } catch (RuntimeException e) {
      LOG.warn("Cannot check the swarm; retrying in {} s", INTERVAL.toSeconds(), e);
    }
  }

  private Optional<String> chainProblem() {
    try {
      var unused = chain.newestBlock();
      return Optional.empty();
    } catch (ChainException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** Names a contract whose round waits, and which the job has been silent about for too long. */
  private Optional<String> jobProblem() {
    Instant now = Instant.now();
    @Nullable String problem = null;
    Map<String, Heard> waiting = new HashMap<>();
    for (Session session : sessions.get()) {
      if (!session.status().isWaiting()) {
        continue;
      }
      String contract = session.training().terms().contract();
      String news =
          session.training().sealedRound()
              + " "
              + session
                  .training()
                  .notice()
                  .map(notice -> notice.saidAt().toEpochMilli())
                  .orElse(0L);
      Heard before = heard.get(contract);
      Heard latest = before != null && before.news().equals(news) ? before : new Heard(news, now);
      waiting.put(contract, latest);
      Duration silent = Duration.between(latest.since(), now);
      if (silent.compareTo(SILENCE) > 0) {
        problem =
            "the job has not reported on contract "
                + contract
                + " for "
                + silent.toSeconds()
                + " s while a round waits; is it running?";
      }
    }
    heard.clear();
    heard.putAll(waiting);
    return Optional.ofNullable(problem);
  }

  private void countAnchors() {
    Map<String, Anchors> now = new HashMap<>();
    for (Session session : sessions.get()) {
      String contract = session.training().terms().contract();
      long sealed = session.training().sealedRound();
      try {
        long anchored = chain.anchors().nextRound(contract) - 1;
        now.put(contract, Anchors.of(sealed, anchored, anchors.get(contract)));
      } catch (ChainException e) {
        Anchors before = anchors.get(contract);
        if (before != null) {
          now.put(contract, before);
        }
      }
    }
    anchors.clear();
    anchors.putAll(now);
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
