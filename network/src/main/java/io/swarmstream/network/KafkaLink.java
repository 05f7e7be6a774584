package io.swarmstream.network;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.kafka.KafkaEndpoint;
import io.swarmstream.clients.kafka.log.HeartbeatLog;
import io.swarmstream.clients.kafka.log.NoteLog;
import io.swarmstream.clients.kafka.log.PublishedRound;
import io.swarmstream.network.access.AccessKeeper;
import io.swarmstream.network.history.RoundHistory;
import io.swarmstream.network.log.ExperimentNotes;
import io.swarmstream.network.log.HeardNodes;
import io.swarmstream.network.log.OpenRounds;
import io.swarmstream.network.log.RefusedContributions;
import io.swarmstream.network.log.RemarkTail;
import io.swarmstream.network.log.SwarmTail;
import io.swarmstream.network.members.SwarmSnapshot;
import io.swarmstream.schemas.processes.BackgroundThread;
import io.swarmstream.web.ApiJson;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
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

  private final Function<String, KafkaEndpoint> way;
  private final Function<KafkaEndpoint, Optional<AccessKeeper>> keeping;
  private final Books books;
  private final SwarmTail tail;
  private final RemarkTail remarks;
  private final BackgroundThread work = new BackgroundThread("kafka-link");
  private volatile @Nullable Open open;
  private volatile @Nullable String topicProblem;

  /** What is open while a Kafka is known. */
  private record Open(
      KafkaEndpoint endpoint, Optional<AccessKeeper> access, HeartbeatLog heartbeats) {}

  /** What is read from Kafka. */
  record Books(
      RoundHistory rounds,
      OpenRounds open,
      HeardNodes heard,
      RefusedContributions refused,
      ExperimentNotes notes) {}

  private KafkaLink(
      Function<String, KafkaEndpoint> way,
      Function<KafkaEndpoint, Optional<AccessKeeper>> keeping,
      Books books,
      Consumer<PublishedRound> newRound) {
    this.way = way;
    this.keeping = keeping;
    this.books = books;
    this.tail = new SwarmTail(books.rounds(), books.open(), books.heard(), newRound);
    this.remarks = new RemarkTail(books.refused(), books.notes());
  }

  /** A Kafka that knows members by their certificates; keeps its access list. */
  static KafkaLink secured(
      Path identity, ChainClient chain, Books books, Consumer<PublishedRound> newRound) {
    return new KafkaLink(
        bootstrap -> KafkaEndpoint.secured(bootstrap, identity),
        endpoint ->
            Optional.of(
                new AccessKeeper(
                    endpoint, InstantSource.system(), key -> chain.members().isKeyRevoked(key))),
        books,
        newRound);
  }

  /** A Kafka on this machine that knows nobody. */
  static KafkaLink plain(Books books, Consumer<PublishedRound> newRound) {
    return new KafkaLink(KafkaEndpoint::of, endpoint -> Optional.empty(), books, newRound);
  }

  /** Follows a change of the swarm. */
  synchronized void follow(SwarmSnapshot swarm) {
    if (open == null && swarm.kafka().isPresent()) {
      KafkaEndpoint endpoint = way.apply(swarm.kafka().get());
      open = new Open(endpoint, keeping.apply(endpoint), HeartbeatLog.of(endpoint));
      tail.start(endpoint);
      remarks.start(endpoint);
      work.execute(() -> createTopic(endpoint));
      LOG.info("the swarm's Kafka is {}", endpoint);
    }
    Open link = open;
    if (link != null) {
      link.access().ifPresent(access -> access.follow(swarm));
    }
  }

  Optional<KafkaEndpoint> endpoint() {
    return Optional.ofNullable(open).map(Open::endpoint);
  }

  /** Enters a heartbeat and tells the other network nodes. */
  void heard(HeardNodes.Heartbeat heartbeat) {
    books.heard().heard(heartbeat);
    Open link = open;
    if (link != null) {
      link.heartbeats().send(heartbeat.uuid(), ApiJson.bytes(heartbeat));
    }
  }

  /**
   * Keeps a note where all network nodes find it.
   *
   * @throws IllegalStateException when Kafka is not known, or does not take it
   */
  void keep(ExperimentNotes.Note note) throws InterruptedException {
    NoteLog.write(known(), note.contract(), ApiJson.bytes(note), PATIENCE);
    books.notes().enter(note);
  }

  /**
   * The swarm's Kafka.
   *
   * @throws IllegalStateException when no organisation has announced one
   */
  KafkaEndpoint known() {
    return endpoint()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "no organisation has announced a Kafka yet; give 'swarm network start' --kafka"));
  }

  /** What does not work at present, one sentence each. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    // Both meet the same Kafka; what only the second one may not read is told when the first reads.
    tail.problem().or(remarks::problem).ifPresent(problems::add);
    Open link = open;
    if (link != null) {
      link.access()
          .flatMap(AccessKeeper::problem)
          .ifPresent(problem -> problems.add("Kafka's rights: " + problem));
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
      NoteLog.create(endpoint, ONE_REPLICA, PATIENCE);
      topicProblem = null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      topicProblem = e.getMessage();
      work.after(RETRY, () -> createTopic(endpoint));
    }
  }

  @Override
  public synchronized void close() {
    work.close();
    tail.close();
    remarks.close();
    Open link = open;
    if (link != null) {
      link.access().ifPresent(AccessKeeper::close);
      link.heartbeats().close();
    }
  }
}
