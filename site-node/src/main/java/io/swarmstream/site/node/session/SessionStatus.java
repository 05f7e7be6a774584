package io.swarmstream.site.node.session;

import io.swarmstream.site.node.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a session does, what it waits for, and since when.
 *
 * @param waitingFor in words
 * @param missing names of live sites that the round waits for
 * @param forWhom the same in words, with how many more are needed; null: it waits for no site
 * @param contributed number of sites in the round that is waited for
 * @param minPeers number of sites that a round needs
 * @param round of the newest model; -1: there is none
 * @param loss of this site, as its trainer last reported; NaN: unknown
 * @param metric of this site, as its trainer last reported; NaN: unknown
 * @param meanLoss of the newest model's participants; NaN: unknown
 * @param etaSeconds training left until the trainer has done all its epochs, at the pace so far;
 *     null: unknown
 * @param etaWithWaitsSeconds the same with as much waiting as so far
 */
public record SessionStatus(
    String session,
    String contract,
    String trainer,
    State state,
    String waitingFor,
    Instant since,
    List<String> missing,
    @Nullable String forWhom,
    int contributed,
    int minPeers,
    long round,
    double loss,
    double metric,
    double meanLoss,
    @Nullable Exchange lastSent,
    @Nullable Exchange lastReceived,
    double epochsDone,
    double epochsTotal,
    @Nullable Long etaSeconds,
    @Nullable Long etaWithWaitsSeconds) {

  /** What a session does. */
  public enum State {
    /** The trainer trains. */
    READY,
    /** A sync's weights are on their way to Kafka. */
    SENDING,
    /** A sync waits for its round. */
    WAITING,
    /** The newest sync has failed, or the contributions after the trainer's end have. */
    FAILED,
    /** The trainer has finished, and the node contributes for it. */
    FINISHED,
    /** The training is over. */
    OVER;

    /** As programs and people read it. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whether it waits for a round to be merged. */
  public boolean isWaiting() {
    return state == State.WAITING || state == State.FINISHED;
  }

  static SessionStatus of(SessionSnapshot session) {
    State state = state(session);
    Optional<Waiting> waiting = waiting(state, session);
    Duration elapsed = Duration.between(session.openedAt(), Instant.now());
    Headers.Reported reported = session.reported();
    return new SessionStatus(
        session.id(),
        session.terms().contract(),
        session.request().trainer(),
        state,
        waitingFor(state, session),
        since(session),
        waiting.map(Waiting::missing).orElse(List.of()),
        waiting.map(Waiting::forWhom).orElse(null),
        waiting.map(Waiting::contributed).orElse(0),
        session.terms().minPeers(),
        session.model().round(),
        reported.loss(),
        reported.metric(),
        session.model().meanLoss(),
        session.exchanges().sent(),
        session.exchanges().received(),
        reported.epochsDone(),
        reported.epochsTotal(),
        eta(reported, elapsed.minus(session.waited())),
        eta(reported, elapsed));
  }

  private static State state(SessionSnapshot session) {
    if (session.isOver()) {
      return State.OVER;
    }
    if (session.after().isPresent()) {
      return session.after().get().hasFailed() ? State.FAILED : State.FINISHED;
    }
    return session
        .sync()
        .map(
            progress ->
                switch (progress.phase()) {
                  case SENDING -> State.SENDING;
                  case WAITING -> State.WAITING;
                  case FAILED -> State.FAILED;
                  case MERGED -> State.READY;
                })
        .orElse(State.READY);
  }

  /** After the trainer's end the open round is waited for, whichever it is. */
  private static Optional<Waiting> waiting(State state, SessionSnapshot session) {
    int minPeers = session.terms().minPeers();
    return switch (state) {
      case WAITING -> Optional.of(Waiting.of(session.notice(), round(session), minPeers));
      case FINISHED -> Optional.of(Waiting.of(session.notice(), minPeers));
      default -> Optional.empty();
    };
  }

  private static long round(SessionSnapshot session) {
    return session.sync().map(SyncProgress::round).orElse(-1L);
  }

  private static Instant since(SessionSnapshot session) {
    return session
        .after()
        .map(AfterTraining.State::since)
        .or(() -> session.sync().map(SyncProgress::since))
        .orElse(session.openedAt());
  }

  private static String waitingFor(State state, SessionSnapshot session) {
    return switch (state) {
      case OVER -> "nothing: the training is over";
      case SENDING -> "Kafka, to take the contribution";
      case WAITING -> "the merged model of round " + round(session);
      case FINISHED -> "the other sites, to finish their training";
      case FAILED -> "the trainer, to try again: " + problem(session);
      case READY -> "the trainer, to send its weights";
    };
  }

  private static String problem(SessionSnapshot session) {
    return session
        .after()
        .map(AfterTraining.State::problem)
        .or(() -> session.sync().map(SyncProgress::problem))
        .map(ProblemException::detail)
        .orElse("");
  }

  private static @Nullable Long eta(Headers.Reported reported, Duration elapsed) {
    double done = reported.epochsDone();
    double total = reported.epochsTotal();
    if (done <= 0 || total <= done) {
      return null;
    }
    return Math.round(elapsed.toMillis() / 1000.0 * (total - done) / done);
  }
}
