package io.swarmstream.site.node;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.chain.ChainException;
import io.swarmstream.clients.kafka.KafkaEndpoint;
import io.swarmstream.clients.kafka.log.BrokerProbe;
import io.swarmstream.site.node.SwarmHealth.Anchors;
import io.swarmstream.site.node.SwarmHealth.Part;
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
 * Looks every few seconds whether the parts of the swarm are there, with one thread: what is asked
 * for the status costs the swarm nothing.
 *
 * <p>The job says by a notice, every five seconds, that a round is open. It is taken for away when
 * a session has waited four times as long without news.
 */
final class HealthCheck implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HealthCheck.class);
  private static final Duration INTERVAL = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** Longest time without a word of the job while a round waits. */
  static final Duration SILENCE = Duration.ofSeconds(20);

  private final ChainClient chain;
  private final BrokerProbe kafka;
  private final Supplier<Collection<Session>> sessions;
  private final Thread thread;

  private final Map<String, Heard> heard = new HashMap<>();
  private final Map<String, Anchors> anchors = new HashMap<>();
  private volatile SwarmHealth health = SwarmHealth.UNKNOWN;

  /** What the job last said of a contract, and when it said something else before. */
  private record Heard(String news, Instant since) {}

  HealthCheck(ChainClient chain, KafkaEndpoint kafka, Supplier<Collection<Session>> sessions) {
    this.chain = chain;
    this.kafka = new BrokerProbe(kafka, PATIENCE);
    this.sessions = sessions;
    this.thread = new Thread(this::run, "swarm-watch");
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** As it last was. */
  SwarmHealth health() {
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
      LOG.warn("The swarm cannot be looked at; tried again in {}", INTERVAL, e);
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

  /** A contract whose round waits, and of which nothing has been said for long. */
  private Optional<String> jobProblem() {
    Instant now = Instant.now();
    @Nullable String problem = null;
    Map<String, Heard> waiting = new HashMap<>();
    for (Session session : sessions.get()) {
      if (!SessionStatus.of(session).isWaiting()) {
        continue;
      }
      String contract = session.site().terms().contract();
      String news =
          session.site().rounds().newest().map(round -> round.round()).orElse(-1L)
              + " "
              + session.notice().map(notice -> notice.saidAt().toEpochMilli()).orElse(0L);
      Heard before = heard.get(contract);
      Heard latest = before != null && before.news().equals(news) ? before : new Heard(news, now);
      waiting.put(contract, latest);
      Duration silent = Duration.between(latest.since(), now);
      if (silent.compareTo(SILENCE) > 0) {
        problem =
            "the job has said nothing of contract "
                + contract
                + " for "
                + silent.toSeconds()
                + " s while a round waits; does it run?";
      }
    }
    heard.clear();
    heard.putAll(waiting);
    return Optional.ofNullable(problem);
  }

  private void countAnchors() {
    Map<String, Anchors> now = new HashMap<>();
    for (Session session : sessions.get()) {
      String contract = session.site().terms().contract();
      long sealed = session.site().rounds().newest().map(round -> round.round()).orElse(-1L);
      try {
        long anchored = chain.nextRound(contract) - 1;
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
