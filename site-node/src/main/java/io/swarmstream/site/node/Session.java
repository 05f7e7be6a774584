package io.swarmstream.site.node;

import io.swarmstream.clients.kafka.DeadlineException;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.rounds.CheckIn;
import io.swarmstream.site.Merged;
import io.swarmstream.site.RoundProgress;
import io.swarmstream.site.RoundSummary;
import io.swarmstream.site.Sent;
import io.swarmstream.site.SwarmSite;
import io.swarmstream.site.node.safetensors.SafetensorsHeader;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One trainer's part in one training: takes its weights, gives it merged models, and goes on
 * contributing for it once it has finished. Requests come from any thread; the swarm is spoken with
 * by one.
 */
public final class Session {
  private static final Logger LOG = LoggerFactory.getLogger(Session.class);

  private final String id;
  private final SwarmSite site;
  private final SessionFolder folder;
  private final EndedTrainings ended;
  private final Worker worker;
  private final SyncDesk desk;
  private final Headers headers;
  private final LastExchanges ledger = new LastExchanges();
  private final Instant openedAt = Instant.now();
  private volatile SessionRequest request;
  private volatile Instant heardAt = Instant.now();
  private volatile @Nullable AfterTraining after;

  /** Of the worker's thread. */
  private final LastWeights last;

  /**
   * The newest model that the trainer was given, which is what its next weights come from: a delta
   * taken from any other would undo what the others did between the two.
   */
  private volatile ModelId given;

  private record ModelId(long round, String hash) {
    static final ModelId NONE = new ModelId(-1, Hash.ZERO.hex());

    static ModelId of(Merged model) {
      return new ModelId(model.round(), model.hash().hex());
    }
  }

  Session(
      String id, SessionRequest request, SwarmSite site, SessionFolder folder, EndedTrainings ended)
      throws IOException {
    this.ended = ended;
    this.id = id;
    this.request = request;
    this.site = site;
    this.folder = folder;
    this.worker = new Worker("swarm-session-" + id);
    Optional<SessionFolder.Begun> earlier =
        folder.begun(site.terms().contract()).filter(begun -> isOfThisLog(begun, site));
    this.desk = new SyncDesk(earlier);
    this.last =
        earlier.isPresent()
            ? LastWeights.kept(folder, site.terms().parameterCount())
            : LastWeights.none(folder);
    this.given =
        earlier
            .map(begun -> new ModelId(begun.modelRound(), begun.modelHash()))
            .orElse(ModelId.NONE);
    this.headers = new Headers();
    site.base().ifPresent(ledger::received);
  }

  public String id() {
    return id;
  }

  public SessionRequest request() {
    return request;
  }

  public SwarmSite site() {
    return site;
  }

  /** The trainer opens it again; what it may choose for itself counts from now on. */
  void reopen(SessionRequest again) {
    request = again;
    heard();
  }

  /** How long the trainer has waited for merged models so far. */
  Duration waited() {
    return desk.waited();
  }

  Instant openedAt() {
    return openedAt;
  }

  void heard() {
    heardAt = Instant.now();
  }

  Instant heardAt() {
    return heardAt;
  }

  public LastExchanges ledger() {
    return ledger;
  }

  Headers headers() {
    return headers;
  }

  /** The number that the trainer's next sync has, unless it sends the last one again. */
  public long nextSync() {
    return desk.next();
  }

  /** Mini-batches between the newest model and the next sync. */
  public int nextInterval() {
    int agreed = site.base().map(Merged::nextInterval).orElse(site.terms().adaptiveInterval());
    return agreed > 0 ? agreed : request.syncInterval();
  }

  /**
   * The final model that a trainer begins with when the training was over before it came; empty
   * once it has sent weights, and for one that had a part in it.
   */
  public Optional<Merged> overBefore() {
    return desk.next() > 0
        ? Optional.empty()
        : site.base().filter(base -> TrainingEnd.isEnd(base.summary()));
  }

  /** What the trainer should tell its user before it trains, in whole sentences. */
  public List<String> notices() {
    return overBefore()
        .map(end -> TrainingEnd.notice(request.contract(), end.round(), end.hash().hex()))
        .stream()
        .toList();
  }

  Optional<SyncProgress> newest() {
    return desk.newest();
  }

  Optional<AfterTraining> after() {
    return Optional.ofNullable(after);
  }

  /** Whether the training is over, as far as this session knows. */
  public boolean isOver() {
    return desk.isOver() || after().filter(AfterTraining::isOver).isPresent();
  }

  /**
   * The same, and whether the newest record says so: a node that was started again has forgotten
   * what its session knew, and nobody is left to make another round with.
   */
  boolean hasEnded() throws InterruptedException {
    return desk.isOver()
        || site.catchUp().filter(newest -> TrainingEnd.isEnd(newest.summary())).isPresent();
  }

  /**
   * Takes the trainer's weights and returns when the log has them.
   *
   * @param body safetensors; read to its end
   * @throws ProblemException when they are not taken, or could not be sent
   */
  public SyncReport sync(long number, SyncRequest asked, InputStream body)
      throws IOException, InterruptedException {
    heard();
    if (after != null) {
      throw ProblemException.of(
          ProblemCode.TRAINING_OVER,
          "session " + id + " has finished its training; train on in a session of another id");
    }
    Integer weight = asked.weight();
    if (weight != null && weight > site.maxWeight()) {
      throw SessionRequest.badValue(
          "weight", weight, "at most " + site.maxWeight() + ", as " + site.name() + " is enrolled");
    }
    desk.beginReceiving(number);
    try {
      give(number, asked, ReceivedWeights.read(body, site.layout(), folder.path()));
    } finally {
      desk.endReceiving();
    }
    return SyncReport.of(this, desk.awaitSent(number, asked.deadline()));
  }

  /**
   * Refuses a body that is too large for the contract's layout, before it is read.
   *
   * @param bytes of it; -1: unknown
   */
  public void requireBody(long number, long bytes) {
    long most =
        SafetensorsHeader.MAX_BYTES
            + Long.BYTES
            + Math.multiplyExact(site.terms().parameterCount(), (long) Double.BYTES);
    if (bytes > most) {
      throw ProblemException.of(
              ProblemCode.TOO_LARGE,
              "sync "
                  + number
                  + " has "
                  + bytes
                  + " bytes, the contract's layout as F64 takes at most "
                  + most
                  + "; send the tensors of the layout and no others")
          .in("body")
          .values("at most " + most, Long.toString(bytes));
    }
  }

  private void give(long number, SyncRequest asked, ReceivedWeights received) {
    boolean isGiven = false;
    try {
      SyncDesk.Taken taken = desk.take(number, received.bodyHash(), asked.deadline());
      if (taken.isNew()) {
        worker.submit(() -> run(taken, asked, received));
        isGiven = true;
      }
    } finally {
      if (!isGiven) {
        received.file().close();
      }
    }
  }

  private void run(SyncDesk.Taken taken, SyncRequest asked, ReceivedWeights received)
      throws InterruptedException {
    SyncProgress progress = taken.progress();
    try {
      last.replace(received.file());
      if (asked.checkIn() == CheckIn.SNAPSHOT) {
        last.keep();
      }
      Optional<Merged> there =
          asked.initial() || taken.wasSent() || isBaseUnknownToTrainer()
              ? known(taken)
              : Optional.empty();
      if (there.isPresent()) {
        handOut(progress, there.get(), Math.max(taken.sentTo(), there.get().round()));
        desk.update(progress.merged(result(there.get(), taken.sentTo())));
        return;
      }
      remember(progress, site.base().map(Merged::round).orElse(-1L) + 1);
      Sent sent = site.contribute(received.file(), headers.of(request, asked), asked.deadline());
      ledger.sent(sent, received.norm(), site.terms().parameterCount());
      progress = progress.waiting(sent.round());
      desk.update(progress);
      Merged merged = site.await(sent, asked.deadline());
      handOut(progress, merged, sent.round());
      desk.update(progress.merged(result(merged, sent.round())));
    } catch (DeadlineException e) {
      desk.update(progress.failed(late(progress.round(), e)));
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      // The trainer is told of a heap that is too small, too: it would wait for ever.
      desk.update(progress.failed(Failure.of(e)));
    }
  }

  /** What a deadline was about: a round that is still open, or Kafka itself. */
  ProblemException late(long round, DeadlineException e) {
    boolean isOpen =
        round >= 0 && site.rounds().newest().filter(newest -> newest.round() >= round).isEmpty();
    return isOpen ? Failure.late(round, notice(), e) : Failure.of(e);
  }

  /** After a restart, during which others may have gone on; or after a model it did not get. */
  private boolean isBaseUnknownToTrainer() {
    return site.base().filter(base -> !ModelId.of(base).equals(given)).isPresent();
  }

  /** On disk before the trainer can know of it. */
  private void handOut(SyncProgress progress, Merged model, long sentTo) throws IOException {
    given = ModelId.of(model);
    remember(progress, sentTo);
  }

  private void remember(SyncProgress progress, long sentTo) throws IOException {
    folder.remember(
        new SessionFolder.Begun(
            site.terms().contract(),
            progress.number(),
            progress.bodyHash(),
            sentTo,
            given.round(),
            given.hash()));
  }

  /** A swarm that was set up anew may have a contract of the same name. */
  private static boolean isOfThisLog(SessionFolder.Begun begun, SwarmSite site) {
    return begun.modelRound() < 0
        || site.rounds()
            .find(begun.modelRound())
            .filter(model -> model.model().hex().equals(begun.modelHash()))
            .isPresent();
  }

  /**
   * The model that answers a sync without a contribution: for weights that nothing has trained, and
   * for those that were trained from another model than the newest, the newest; for those that were
   * sent before the node was started again, that of their round or a later one.
   */
  private Optional<Merged> known(SyncDesk.Taken taken) throws InterruptedException {
    return site.catchUp().filter(base -> !taken.wasSent() || base.round() >= taken.sentTo());
  }

  private MergedRound result(Merged merged, long sentTo) throws InterruptedException {
    boolean over = isOverSince(sentTo, merged.summary());
    MergedRound result = MergedRound.of(merged, site.address(), site.participated(sentTo), over);
    ledger.received(merged, result.norm());
    if (over) {
      ended.add(this, merged);
      var unused = site.standDown();
    }
    return result;
  }

  /** A round that the node contributed to for a trainer that has finished; true: the last one. */
  boolean finishRound(Merged merged, long sentTo) throws InterruptedException {
    return result(merged, sentTo).trainingOver();
  }

  /** Rounds may have been sealed between the one that was contributed to and the newest. */
  private boolean isOverSince(long sentTo, RoundSummary newest) {
    for (long round = sentTo; round >= 0 && round < newest.round(); round++) {
      if (site.rounds().find(round).filter(TrainingEnd::isEnd).isPresent()) {
        return true;
      }
    }
    return sentTo >= 0 && TrainingEnd.isEnd(newest);
  }

  /** Waits for a sync to be merged or to have failed, and says how far it is. */
  public SyncReport progress(long number, Duration wait) throws InterruptedException {
    heard();
    return SyncReport.of(this, desk.await(number, wait));
  }

  /** The model of a merged sync; later ones replace it. */
  public Merged model(long number) throws InterruptedException {
    if (desk.await(number, Duration.ZERO).merged() == null) {
      throw ProblemException.of(
          ProblemCode.NO_MODEL,
          "sync " + number + " is not merged yet; ask for it until its state is merged");
    }
    return model();
  }

  /** The trainer has looked at the merged model; goes into the next contribution's header. */
  public void evaluated(double loss, double metric, double epochsDone, double epochsTotal) {
    heard();
    headers.evaluated(loss, metric, epochsDone, epochsTotal);
  }

  /** What the open round waits for, as the job last said. */
  public Optional<RoundProgress> notice() {
    return site.rounds().open();
  }

  /** The trainer has finished: the node contributes for it until the training is over. */
  public synchronized void finish(CheckIn checkIn, Duration deadline) {
    heard();
    AfterTraining before = after;
    if (before != null && !before.hasFailed()) {
      return;
    }
    AfterTraining begun = new AfterTraining(this, checkIn, deadline);
    after = begun;
    worker.submit(() -> begun.run(last));
  }

  /** Waits for the end of a training that this trainer has finished for itself. */
  public FinalReport ending(Duration wait) throws InterruptedException {
    heard();
    AfterTraining begun = after;
    if (begun == null) {
      throw ProblemException.of(
          ProblemCode.UNKNOWN_SYNC,
          "session " + id + " has not finished; say so with POST /v1/sessions/" + id + "/finish");
    }
    return FinalReport.of(this, begun.await(wait), begun.since());
  }

  /** The newest merged model; a trainer that joins late begins with it. */
  public Merged model() {
    heard();
    Merged newest =
        site.base()
            .orElseThrow(
                () ->
                    ProblemException.of(
                        ProblemCode.NO_MODEL,
                        "contract "
                            + site.terms().contract()
                            + " has no merged model yet; send the initial weights as sync 0"));
    given = ModelId.of(newest);
    return newest;
  }

  /**
   * Leaves the training: no round waits for the site any more, and nothing is kept. Takes some
   * seconds when the swarm is away.
   *
   * @return whether the swarm knows
   */
  boolean leave() throws IOException, InterruptedException {
    boolean told = end(true);
    folder.forget();
    return told;
  }

  /**
   * Leaves until the node is started again: the trainer can go on then. Of a training that is over
   * nothing is kept.
   *
   * @return whether the swarm knows
   */
  boolean suspend() throws InterruptedException {
    boolean over = isOver();
    boolean told = end(!over);
    if (over) {
      try {
        folder.forget();
      } catch (IOException e) {
        LOG.warn("{} cannot be deleted; it can be, by hand", folder.path(), e);
      }
    }
    return told;
  }

  /** Ends without a word, as a crash would. */
  boolean abandon() throws InterruptedException {
    return end(false);
  }

  private boolean end(boolean say) throws InterruptedException {
    worker.close();
    try {
      return !say || site.standDown();
    } finally {
      site.close();
      last.close();
    }
  }
}
