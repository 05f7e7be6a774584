package io.swarmstream.site.internal;

import io.swarmstream.clients.kafka.DeadlineException;
import io.swarmstream.clients.kafka.log.ContractLog;
import io.swarmstream.clients.kafka.log.LogEndedException;
import io.swarmstream.clients.kafka.log.PublishedRound;
import io.swarmstream.clients.kafka.log.SendFailedException;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.avro.MaskCohort;
import io.swarmstream.schemas.avro.MaskRoster;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.masking.Cohort;
import io.swarmstream.schemas.masking.MaskOffers;
import io.swarmstream.schemas.masking.Roster;
import io.swarmstream.schemas.masking.SiteSecrets;
import io.swarmstream.schemas.wire.OutboundRecord;
import io.swarmstream.schemas.wire.Topic;
import io.swarmstream.schemas.wire.WireFormat;
import io.swarmstream.site.SiteException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A site's part in masked rounds (ADR 36). A thread of its own offers to take part in each round as
 * soon as the round before is over, and confirms and answers the round's plan, also while the
 * trainer trains.
 */
final class MaskDesk implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MaskDesk.class);

  private static final long LAST_ERRAND_MS = 5_000;

  private final SiteConnection connection;
  private final ContractTerms terms;
  private final ContractLog log;
  private final String address;
  private final SiteSecrets secrets;
  private final MaskMemory memory;
  private final CohortCheck check;
  private final PlanAnswers answers;
  private final MaskNeeds needs;
  private final Thread thread;

  /** What was sent last, so that it is not sent with each piece of news; the thread's own. */
  private final Map<Letter, String> done = new EnumMap<>(Letter.class);

  private volatile boolean closed;

  private MaskDesk(SiteConnection connection, MaskMemory memory) {
    this.connection = connection;
    this.terms = connection.terms();
    this.log = connection.log();
    this.address = connection.key().address();
    this.secrets = SiteSecrets.of(connection.key(), terms);
    this.memory = memory;
    this.check = new CohortCheck(connection);
    this.answers = new PlanAnswers(connection.key(), terms, secrets, memory, check);
    this.needs = MaskNeeds.of(connection);
    this.thread = new Thread(this::work, "swarm-masks-" + terms.contract());
    this.thread.setDaemon(true);
  }

  /**
   * Opens the desk of a masked contract; empty: the contract is not masked.
   *
   * @throws SiteException when there is no folder that remembers what was masked
   */
  static Optional<MaskDesk> of(SiteConnection connection) {
    ContractTerms terms = connection.terms();
    if (!terms.isMasked()) {
      return Optional.empty();
    }
    MaskMemory memory =
        connection
            .options()
            .memoryFolder()
            .map(folder -> MaskMemory.of(folder, terms, connection.key().address()))
            .orElseThrow(
                () ->
                    new SiteException(
                        "contract "
                            + terms.contract()
                            + " is masked, and a restart must not mask twice in one round; give a folder"
                            + " with SiteOptions.withMemoryFolder"));
    return Optional.of(new MaskDesk(connection, memory));
  }

  /** Announces the site's key for shares, and begins to work. */
  void open(Duration deadline) throws InterruptedException {
    announce(deadline);
    thread.start();
  }

  private void announce(Duration deadline) throws InterruptedException {
    send(
        "announcement",
        WireFormat.MASK_OFFER.encode(MaskOffers.announce(connection.key(), secrets)),
        deadline);
  }

  private void send(String what, byte[] record, Duration deadline) throws InterruptedException {
    connection
        .producer()
        .send(new OutboundRecord(Topic.DELTAS.of(terms.contract()), what + "-" + address, record));
    connection.producer().flush(deadline);
  }

  /** What the desk sends in a round, and the name under which it does. */
  private enum Letter {
    OFFER("offer"),
    CONFIRMATION("confirmation"),
    ANSWER("unmask");

    private final String key;

    Letter(String key) {
      this.key = key;
    }
  }

  /**
   * Something to send. It is made when the log does not wait for that.
   *
   * @param what says which one it is
   * @param record makes it; empty: it is not to be sent
   */
  private record Errand(Letter letter, String what, Supplier<Optional<byte[]>> record) {}

  private void work() {
    while (!closed) {
      try {
        run(log.await("a masked round", connection.options().resendAfter(), this::errand));
      } catch (DeadlineException | SendFailedException e) {
        remindQuietly();
      } catch (InterruptedException | LogEndedException e) {
        return;
      } catch (RuntimeException e) {
        LOG.error("Contract {}: the masks of a round failed", terms.contract(), e);
        pause();
      }
    }
  }

  private void run(Errand errand) throws InterruptedException {
    Optional<byte[]> record = errand.record().get();
    if (record.isPresent()) {
      send(errand.letter().key, record.get(), connection.options().joinDeadline());
    }
    done.put(errand.letter(), errand.what());
  }

  private void pause() {
    try {
      Thread.sleep(connection.options().resendAfter().toMillis());
    } catch (InterruptedException e) {
      closed = true;
    }
  }

  private void remindQuietly() {
    try {
      remind();
    } catch (DeadlineException | SendFailedException e) {
      LOG.warn("Contract {}: Kafka does not take this site's announcement", terms.contract(), e);
    } catch (InterruptedException e) {
      closed = true;
    }
  }

  /** Nothing has come for a while: what the job seems to miss is sent again. */
  private void remind() throws InterruptedException {
    done.remove(Letter.CONFIRMATION);
    done.remove(Letter.ANSWER);
    Optional<MaskCohort> cohort = log.masks().cohort(openRound());
    if (needs.mayBeUnknown(log.masks().roster(), cohort)) {
      announce(connection.options().resendAfter());
    }
    boolean missed =
        log.rounds()
            .notice()
            .filter(notice -> notice.getMissing().contains(connection.site().name()))
            .isPresent();
    if (missed && cohort.isEmpty()) {
      done.remove(Letter.OFFER);
    }
  }

  private long openRound() {
    return log.rounds().newest().map(PublishedRound::round).orElse(-1L) + 1;
  }

  private Optional<Errand> errand() {
    long round = openRound();
    return reply(round).or(() -> offer(round));
  }

  private Optional<Errand> offer(long round) {
    Optional<MaskRoster> roster = log.masks().roster().filter(needs::isIn);
    if (roster.isEmpty() || log.masks().cohort(round).isPresent()) {
      return Optional.empty();
    }
    Hash base = base();
    Roster known = Roster.of(terms, roster.get());
    return errand(
        Letter.OFFER,
        round + " " + base + " " + known.hash(),
        () -> offer(roster.get(), known, round, base));
  }

  /** Empty: whoever decrypts the shares for this roster may not be whom it names. */
  private Optional<byte[]> offer(MaskRoster roster, Roster known, long round, Hash base) {
    Optional<String> flaw = check.flaw(roster);
    if (flaw.isPresent()) {
      LOG.error(
          "Contract {}: this site does not offer to take part in round {}, because of the roster: {}. Ask the"
              + " coordinator's operator.",
          terms.contract(),
          round,
          flaw.get());
      return Optional.empty();
    }
    return Optional.of(
        WireFormat.MASK_OFFER.encode(
            MaskOffers.offer(connection.key(), secrets, round, base, known)));
  }

  private Hash base() {
    return log.rounds()
        .newest()
        .map(newest -> Hash.of(newest.record().getModelHash()))
        .orElse(Hash.ZERO);
  }

  private Optional<Errand> reply(long round) {
    Optional<byte[]> plan = log.masks().plan(round);
    Optional<MaskCohort> known = log.masks().cohort(round);
    if (plan.isEmpty() || known.isEmpty()) {
      return Optional.empty();
    }
    Optional<Errand> confirmation =
        errand(
            Letter.CONFIRMATION,
            Hash.sha256(plan.get()).hex(),
            () -> answers.confirmation(Cohort.of(known.get()), plan.get()));
    return confirmation.or(
        () ->
            log.masks()
                .agreement(round)
                .flatMap(
                    agreement ->
                        errand(
                            Letter.ANSWER,
                            Hash.sha256(agreement).hex(),
                            () -> answers.answer(Cohort.of(known.get()), plan.get(), agreement))));
  }

  /** Empty: it was done last, and nothing seems to be lost. */
  private Optional<Errand> errand(Letter letter, String what, Supplier<Optional<byte[]>> record) {
    return what.equals(done.get(letter))
        ? Optional.empty()
        : Optional.of(new Errand(letter, what, record));
  }

  /** What the trainer's thread needs of the desk. */
  MaskWait waiting(Presence presence) {
    return new MaskWait(connection, secrets, memory, check, presence);
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join(LAST_ERRAND_MS); // else another process could confirm what this one is about to
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    memory.close();
  }
}
