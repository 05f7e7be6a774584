package io.swarmstream.site.node.session;

import io.swarmstream.schemas.rounds.CheckIn;
import io.swarmstream.site.Merged;
import io.swarmstream.site.SwarmSite;
import io.swarmstream.site.node.problem.Failure;
import io.swarmstream.site.node.problem.ProblemCode;
import io.swarmstream.site.node.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One trainer's part in one training: takes its weights, gives it merged models, and contributes
 * for it once it has finished. Safe for use by several threads; one worker thread talks to the
 * swarm.
 */
public final class Session {
  private final String id;
  private final Training training;
  private final Instant openedAt = Instant.now();
  private final Headers headers;
  private final LastExchanges exchanges = new LastExchanges();
  private final RoundCurve curve;
  private final SessionMemory memory;
  private final SyncDesk desk;
  private final LastWeights last;
  private final Contributor contributor;
  private final SyncIntake intake;
  private final Finishing finishing;
  private final Worker worker;
  private final Departure departure;

  private volatile SessionRequest request;
  private volatile Instant heardAt = Instant.now();

  private Session(
      String id,
      SessionRequest request,
      SwarmSite site,
      SessionFolder folder,
      EndedTrainings ended,
      Optional<SessionFolder.Begun> earlier,
      LastWeights last) {
    this.id = id;
    this.request = request;
    this.training = new Training(site);
    this.headers = new Headers(site.terms().privacy().dp().isPresent());
    this.last = last;
    this.curve = new RoundCurve(site.address());
    this.memory = SessionMemory.of(folder, site.terms().contract(), earlier);
    this.desk = new SyncDesk(earlier);
    this.contributor = new Contributor(id, this::request, site, exchanges, curve, ended);
    this.finishing = new Finishing(id, last);
    this.worker = new Worker("swarm-session-" + id);
    this.intake =
        new SyncIntake(
            training,
            folder.path(),
            desk,
            worker,
            new SyncRun(contributor, desk, memory, last, headers));
    this.departure = new Departure(worker, site, desk, last, folder);
  }

  /**
   * Begins a session, or continues one that an earlier process of this node had.
   *
   * @param site that has joined the contract; closed with the session
   */
  public static Session begin(
      String id, SessionRequest request, SwarmSite site, SessionFolder folder, EndedTrainings ended)
      throws IOException {
    Training training = new Training(site);
    Optional<SessionFolder.Begun> earlier =
        folder.begun(site.terms().contract()).filter(training::has);
    LastWeights last =
        earlier.isPresent()
            ? LastWeights.kept(folder, training.terms().trainedParameters())
            : LastWeights.none(folder);
    Session begun = new Session(id, request, site, folder, ended, earlier, last);
    training.newest().ifPresent(begun.exchanges::received);
    return begun;
  }

  public String id() {
    return id;
  }

  /** What the trainer asked for when it opened the session, most recently. */
  public SessionRequest request() {
    return request;
  }

  /** What the site knows of the training. */
  public Training training() {
    return training;
  }

  /** Takes the request of a trainer that opens the session again. */
  public void reopen(SessionRequest again) {
    request = again;
    heard();
  }

  private void heard() {
    heardAt = Instant.now();
  }

  /** When the trainer last called. */
  public Instant heardAt() {
    return heardAt;
  }

  /** Number of the trainer's next sync, unless it repeats the last one. */
  public long nextSync() {
    return desk.next();
  }

  /** Mini-batches between the newest model and the next sync. */
  public int nextInterval() {
    return training.nextInterval(request.syncInterval());
  }

  /**
   * The final model that a trainer begins with if the training was over before it came. Empty once
   * the trainer has sent weights.
   */
  public Optional<Merged> overBefore() {
    return desk.next() > 0
        ? Optional.empty()
        : training.newest().filter(base -> base.summary().endsTraining());
  }

  /** What the trainer should tell its user before it trains, in whole sentences. */
  public List<String> notices() {
    return Stream.concat(
            overBefore()
                .map(end -> TrainingEnd.notice(request.contract(), end.round(), end.hash().hex()))
                .stream(),
            keptBack().stream())
        .toList();
  }

  private Optional<String> keptBack() {
    return training
        .terms()
        .privacy()
        .noisy()
        .map(
            noise ->
                "Contract %s adds noise to deltas, so loss, metric and number of samples stay at this site."
                    .formatted(request.contract()));
  }

  /** Whether the training is over, as far as this session knows. */
  public boolean isOver() {
    return snapshot().isOver();
  }

  /** What the session does, what it waits for, and since when. */
  public SessionStatus status() {
    return SessionStatus.of(snapshot());
  }

  /** The rounds of the training, as far as this site knows them, oldest first. */
  public List<RoundPoint> rounds() {
    return training.follow(curve).points();
  }

  private SessionSnapshot snapshot() {
    return new SessionSnapshot(
        id,
        request,
        training.terms(),
        openedAt,
        desk.waited(),
        desk.newest(),
        finishing.state(),
        training.notice(),
        NewestModel.of(training.newest()),
        headers.reported(),
        exchanges.last(),
        exchanges.sentSoFar(training.bytesSent()));
  }

  /**
   * Takes the trainer's weights, and returns when the log has them.
   *
   * @param body safetensors; read to its end
   * @throws ProblemException when they are refused, or could not be sent
   */
  public SyncReport sync(long number, SyncRequest asked, InputStream body)
      throws IOException, InterruptedException {
    heard();
    finishing.requireNotFinished();
    return report(intake.take(number, asked, body));
  }

  /** Waits until a sync is merged or has failed, and says how far it is. */
  public SyncReport progress(long number, Duration wait) throws InterruptedException {
    heard();
    return report(desk.await(number, wait));
  }

  private SyncReport report(SyncProgress progress) {
    return SyncReport.of(progress, training, request.syncInterval());
  }

  /** Gives the trainer the newest model, once its sync is merged. */
  public Merged model(long number) throws InterruptedException {
    if (desk.await(number, Duration.ZERO).merged() == null) {
      throw ProblemException.of(
          ProblemCode.NO_MODEL,
          "sync " + number + " is not merged yet; ask for it until its state is merged");
    }
    return model();
  }

  /**
   * Gives the trainer the newest merged model; a trainer that joins late begins with it. Returns
   * when the disk remembers that the trainer has it.
   */
  public Merged model() {
    heard();
    try {
      return memory
          .give(training::newest, ModelId::of)
          .orElseThrow(
              () ->
                  ProblemException.of(
                      ProblemCode.NO_MODEL,
                      "contract "
                          + training.terms().contract()
                          + " has no merged model yet; send the initial weights as sync 0"));
    } catch (IOException e) {
      throw Failure.of(e);
    }
  }

  /** Takes the trainer's evaluation of the merged model, for the next contribution's header. */
  public void evaluated(double loss, double metric, double epochsDone, double epochsTotal) {
    heard();
    headers.evaluated(loss, metric, epochsDone, epochsTotal);
  }

  /**
   * Takes over from a trainer that has finished: the node contributes until the training is over.
   * Returns when the disk has the snapshot that it repeats.
   */
  public void finish(CheckIn checkIn, Duration deadline) {
    heard();
    Finishing.requireHiding(training.terms(), request.weight(), checkIn);
    finishing.begin(checkIn, deadline, this::contribute);
  }

  private AfterTraining contribute(CheckIn checkIn, Duration deadline) {
    AfterTraining begun = new AfterTraining(id, contributor, headers, last, checkIn, deadline);
    worker.submit(() -> begun.run(desk.isOver()));
    return begun;
  }

  /** Waits for the end of the training of a trainer that has finished. */
  public FinalReport ending(Duration wait) throws InterruptedException {
    heard();
    return FinalReport.of(
        finishing.await(wait), training.newest(), training.waiting(), training.terms());
  }

  /**
   * Leaves the training: no round waits for the site any more, and nothing is kept. Takes some
   * seconds if the swarm is away.
   *
   * @return whether the swarm was told
   */
  public boolean leave() throws IOException, InterruptedException {
    return departure.leave();
  }

  /**
   * Leaves until the node is started again, when the trainer can resume. Keeps nothing of a
   * training that is over.
   *
   * @return whether the swarm was told
   */
  public boolean suspend() throws InterruptedException {
    return departure.suspend(isOver());
  }

  /** Ends without telling anybody, as a crash would; returns true. */
  public boolean abandon() throws InterruptedException {
    return departure.abandon();
  }
}
