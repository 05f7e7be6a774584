package io.swarmstream.network;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.kafka.KafkaEndpoint;
import io.swarmstream.clients.kafka.log.HeartbeatLog;
import io.swarmstream.clients.kafka.log.PublishedRound;
import io.swarmstream.network.access.AccessKeeper;
import io.swarmstream.network.log.HeardNodes;
import io.swarmstream.network.log.RoundHistory;
import io.swarmstream.network.log.SwarmTail;
import io.swarmstream.network.members.SwarmSnapshot;
import io.swarmstream.web.ApiJson;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a network node does with the swarm's Kafka, from the moment that an organisation announces
 * it: keeps its access list, reads rounds, exchanges heartbeats.
 */
final class KafkaLink implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaLink.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration RETRY = Duration.ofSeconds(2);
  private static final short ONE_REPLICA = 1;

  private final Path identity;
  private final ChainClient chain;
  private final HeardNodes heard;
  private final SwarmTail tail;
  private final ScheduledExecutorService work =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "kafka-link");
            thread.setDaemon(true);
            return thread;
          });
  private volatile @Nullable Open open;
  private volatile @Nullable String topicProblem;

  /** What is open while a Kafka is known. */
  private record Open(KafkaEndpoint endpoint, AccessKeeper access, HeartbeatLog heartbeats) {}

  KafkaLink(
      Path identity,
      ChainClient chain,
      RoundHistory rounds,
      HeardNodes heard,
      Consumer<PublishedRound> newRound) {
    this.identity = identity;
    this.chain = chain;
    this.heard = heard;
    this.tail = new SwarmTail(rounds, heard, newRound);
  }

  /** Follows a change of the swarm. */
  synchronized void follow(SwarmSnapshot swarm) {
    if (open == null && swarm.kafka().isPresent()) {
      KafkaEndpoint endpoint = KafkaEndpoint.secured(swarm.kafka().get(), identity);
      open =
          new Open(
              endpoint,
              new AccessKeeper(
                  endpoint, InstantSource.system(), key -> chain.members().isKeyRevoked(key)),
              HeartbeatLog.of(endpoint));
      tail.start(endpoint);
      work.execute(() -> createTopic(endpoint));
      LOG.info("the swarm's Kafka is {}", endpoint);
    }
    Open link = open;
    if (link != null) {
      link.access().follow(swarm);
    }
  }

  Optional<KafkaEndpoint> endpoint() {
    return Optional.ofNullable(open).map(Open::endpoint);
  }

  /** Enters a heartbeat and tells the other network nodes. */
  void heard(HeardNodes.Heartbeat heartbeat) {
    heard.heard(heartbeat);
    Open link = open;
    if (link != null) {
      link.heartbeats().send(heartbeat.uuid(), ApiJson.bytes(heartbeat));
    }
  }

  /** What does not work at present, one sentence each. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    tail.problem().ifPresent(problems::add);
    Open link = open;
    if (link != null) {
      link.access().problem().ifPresent(problem -> problems.add("Kafka's rights: " + problem));
    }
    String topic = topicProblem;
    if (topic != null) {
      problems.add(topic);
    }
    return problems;
  }

  private void createTopic(KafkaEndpoint endpoint) {
    try {
      HeartbeatLog.create(endpoint, ONE_REPLICA, PATIENCE);
      topicProblem = null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      topicProblem = e.getMessage();
      if (!work.isShutdown()) {
        var unused =
            work.schedule(() -> createTopic(endpoint), RETRY.toMillis(), TimeUnit.MILLISECONDS);
      }
    }
  }

  @Override
  public synchronized void close() {
    work.shutdownNow();
    tail.close();
    Open link = open;
    if (link != null) {
      link.access().close();
      link.heartbeats().close();
    }
  }
}
