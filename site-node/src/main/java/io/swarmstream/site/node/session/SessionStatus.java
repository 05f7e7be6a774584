package io.swarmstream.site.node.session;

import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.site.node.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a session does, what it waits for, and since when; with all that people may want to see of
 * it.
 *
 * @param waitingFor in words
 * @param sites that the open round waits for; null: the session waits for no site
 */
public record SessionStatus(
    String session,
    SessionRequest request,
    ContractTerms terms,
    State state,
    String waitingFor,
    Instant since,
    @Nullable Waiting sites,
    NewestModel model,
    Reported reported,
    Exchanges exchanges,
    SentSoFar sent,
    Eta eta) {

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
    return new SessionStatus(
        session.id(),
        session.request(),
        session.terms(),
        state,
        waitingFor(state, session),
        since(session),
        sites(state, session),
        session.model(),
        session.reported(),
        session.exchanges(),
        session.sent(),
        Eta.of(
            session.reported(),
            Duration.between(session.openedAt(), Instant.now()),
            session.waited()));
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
  private static @Nullable Waiting sites(State state, SessionSnapshot session) {
    int minPeers = session.terms().minPeers();
    return switch (state) {
      case WAITING -> Waiting.of(session.notice(), round(session), minPeers);
      case FINISHED -> Waiting.of(session.notice(), minPeers);
      default -> null;
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
}
