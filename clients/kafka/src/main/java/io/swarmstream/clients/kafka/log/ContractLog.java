package io.swarmstream.clients.kafka.log;

import io.swarmstream.clients.kafka.DeadlineException;
import io.swarmstream.clients.kafka.KafkaEndpoint;
import io.swarmstream.clients.kafka.SignatureHeader;
import io.swarmstream.clients.kafka.TopicRights;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.wire.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/**
 * Follows a contract's rounds from the beginning, and its rejections from now on, with one thread
 * and one consumer. Any number of threads may ask and wait. Waits for a broker that is unreachable.
 */
public final class ContractLog implements AutoCloseable {
  private final String contract;
  private final OwnRecords own;
  private final String roundsTopic;
  private final TopicReader<byte[]> reader;
  private final Bulletin bulletin = new Bulletin();
  private final RoundLog rounds;
  private final RejectionLog rejections;
  private final MaskLog masks;
  private final Thread thread;

  /** Where the rounds ended when the log was opened. */
  private final Map<TopicPartition, Long> roundsAtStart;

  private boolean caughtUp;
  private volatile boolean closed;

  private ContractLog(
      OwnRecords own,
      @Nullable ContractTerms terms,
      @Nullable String site,
      TopicReader<byte[]> reader,
      Deadline deadline)
      throws InterruptedException {
    this.contract = own.contract();
    this.own = own;
    this.roundsTopic = Topic.ROUNDS.of(contract);
    this.reader = reader;
    this.masks = new MaskLog(bulletin, terms);
    this.rounds = new RoundLog(bulletin, own, masks);
    this.rejections = new RejectionLog(bulletin, own, site);
    this.roundsAtStart = new HashMap<>(reader.ends(deadline));
    Map<TopicPartition, Long> rejectionsAtStart = new HashMap<>(roundsAtStart);
    rejectionsAtStart.keySet().removeIf(partition -> partition.topic().equals(roundsTopic));
    roundsAtStart.keySet().removeAll(rejectionsAtStart.keySet());
    reader.seek(rejectionsAtStart);
    this.thread = new Thread(this::follow, "swarm-log-" + contract);
    this.thread.setDaemon(true);
  }

  /**
   * Follows a contract as one of its sites. Returns when all existing rounds have been read.
   *
   * @param terms terms of the contract; records under other terms are skipped
   * @param signers whose signatures count, as registered on the chain; other records are skipped
   * @param site address of the site whose rejections are kept
   * @throws DeadlineException when no broker answers, a topic does not exist, or the rounds are not
   *     read in time
   * @throws io.swarmstream.clients.kafka.MissingRightException when this client may not read a
   *     topic
   */
  public static ContractLog ofSite(
      KafkaEndpoint endpoint,
      ContractTerms terms,
      RecordSigners signers,
      String site,
      Duration deadline)
      throws InterruptedException {
    return open(endpoint, OwnRecords.of(terms, signers), terms, site, deadline);
  }

  /**
   * Follows a contract with the rejections of all sites and without its terms. Accepts records
   * whoever signed them. Use it to watch, never to act on what it says.
   */
  public static ContractLog ofAllSites(KafkaEndpoint endpoint, String contract, Duration deadline)
      throws InterruptedException {
    return open(endpoint, OwnRecords.of(contract), null, null, deadline);
  }

  private static ContractLog open(
      KafkaEndpoint endpoint,
      OwnRecords own,
      @Nullable ContractTerms terms,
      @Nullable String site,
      Duration allowed)
      throws InterruptedException {
    String contract = own.contract();
    Deadline deadline = Deadline.in(allowed);
    List<String> topics = List.of(Topic.ROUNDS.of(contract), Topic.REJECTIONS.of(contract));
    TopicReader<byte[]> reader = TopicReader.open(endpoint, topics, deadline);
    ContractLog log;
    try {
      // Without this check, a missing right would only surface in the middle of a round.
      TopicRights.requireRead(endpoint, topics, deadline.remaining());
      log = new ContractLog(own, terms, site, reader, deadline);
    } catch (RuntimeException | InterruptedException e) {
      reader.close();
      throw e;
    }
    log.thread.start();
    try {
      log.awaitStart(deadline);
      return log;
    } catch (RuntimeException | InterruptedException e) {
      log.close();
      throw e;
    }
  }

  public String contract() {
    return contract;
  }

  public RoundLog rounds() {
    return rounds;
  }

  public RejectionLog rejections() {
    return rejections;
  }

  public MaskLog masks() {
    return masks;
  }

  /**
   * Waits for the record of a round.
   *
   * @throws DeadlineException when the round is not sealed in time; says what the round waits for
   * @throws IllegalArgumentException when its record is no longer kept
   */
  public PublishedRound awaitRound(long round, Duration deadline) throws InterruptedException {
    if (rounds.isDropped(round)) {
      throw new IllegalArgumentException(
          "round "
              + round
              + " of "
              + contract
              + " is not among the newest "
              + RoundLog.KEPT_ROUNDS
              + ", which are kept; read the rounds topic");
    }
    return await("record of round " + round, deadline, () -> rounds.find(round));
  }

  /** Waits until this round or a later one is sealed; returns the newest sealed round. */
  public PublishedRound awaitAtLeast(long round, Duration deadline) throws InterruptedException {
    return await(
        "record of round " + round + " or later",
        deadline,
        () -> rounds.newest().filter(newest -> newest.round() >= round));
  }

  /**
   * Waits until the question has an answer. Asks it at once and after each new round, notice or
   * rejection, from one thread at a time. The question should only read state.
   *
   * @param what what the caller waits for, for the message
   * @throws DeadlineException when there is no answer in time
   * @throws LogEndedException when the log was closed, or can no longer be read
   */
  public <T> T await(String what, Duration deadline, Supplier<Optional<T>> question)
      throws InterruptedException {
    return bulletin.await(
        what + " of contract " + contract, Deadline.in(deadline), question, rounds::state);
  }

  /** Whether the log is no longer followed because it could not be read. If so, open a new one. */
  public boolean hasEnded() {
    return bulletin.hasEnded();
  }

  @Override
  public void close() {
    closed = true;
    reader.wakeup();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitStart(Deadline deadline) throws InterruptedException {
    Optional<Boolean> done = Optional.of(true);
    var unused =
        bulletin.await(
            "end of topic " + roundsTopic,
            deadline,
            () -> caughtUp ? done : Optional.<Boolean>empty(),
            rounds::state);
  }

  private void follow() {
    try (reader) {
      while (!closed) {
        boolean read = reader.isPast(roundsAtStart);
        bulletin.publish(() -> caughtUp = read);
        // Returns as soon as there are records; the timeout only limits an idle round trip.
        List<CheckedRecord> news = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : reader.poll(Duration.ofSeconds(1))) {
          checked(record).ifPresent(news::add);
        }
        bulletin.publish(() -> news.forEach(this::accept));
      }
      bulletin.end(new IllegalStateException("the log was closed"));
    } catch (WakeupException e) {
      bulletin.end(new IllegalStateException("the log was closed"));
    } catch (InterruptedException | RuntimeException | Error e) {
      bulletin.end(e); // errors too: waiting threads would wait forever
    }
  }

  /**
   * A record, and what is wrong with its signature.
   *
   * @param flaw empty: nothing
   */
  private record CheckedRecord(ConsumerRecord<byte[], byte[]> record, Optional<String> flaw) {}

  /** Checks the signature without the bulletin's lock, because the chain may have to be asked. */
  private Optional<CheckedRecord> checked(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null) {
      return Optional.empty();
    }
    return Optional.of(
        new CheckedRecord(
            record, own.signatureFlaw(record.topic(), record.value(), SignatureHeader.of(record))));
  }

  private void accept(CheckedRecord news) {
    if (news.record().topic().equals(roundsTopic)) {
      rounds.accept(news.record().value(), news.flaw());
    } else {
      rejections.accept(news.record().value(), news.flaw());
    }
  }
}
