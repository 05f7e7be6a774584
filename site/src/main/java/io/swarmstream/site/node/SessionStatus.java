package io.swarmstream.site.node;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a session does, what it waits for and since when.
 *
 * @param state ready, sending, waiting, failed, finished or over
 * @param round the newest model's; -1: there is none
 * @param etaSeconds until the trainer has done all its epochs, at the pace so far; null: unknown
 */
public record SessionStatus(
    String session,
    String contract,
    String trainer,
    String state,
    String waitingFor,
    Instant since,
    List<String> missing,
    long round,
    @Nullable Exchange lastSent,
    @Nullable Exchange lastReceived,
    double epochsDone,
    double epochsTotal,
    @Nullable Long etaSeconds) {

  /** Looks at a session. */
  public static SessionStatus of(Session session) {
    Optional<SyncProgress> sync = session.newest();
    Optional<AfterTraining> after = session.after();
    String state = state(session, sync, after);
    long round = sync.map(SyncProgress::round).orElse(-1L);
    List<String> missing =
        state.equals("waiting") || state.equals("finished")
            ? Waiting.of(session, state.equals("waiting") ? round : -1).missing()
            : List.of();
    Instant since =
        after
            .map(AfterTraining::since)
            .or(() -> sync.map(SyncProgress::since))
            .orElse(session.openedAt());
    return new SessionStatus(
        session.id(),
        session.site().terms().contract(),
        session.request().trainer(),
        state,
        waitingFor(state, round, sync, after),
        since,
        missing,
        session.site().base().map(base -> base.round()).orElse(-1L),
        session.ledger().lastSent().orElse(null),
        session.ledger().lastReceived().orElse(null),
        session.headers().epochsDone(),
        session.headers().epochsTotal(),
        eta(session));
  }

  private static String state(
      Session session, Optional<SyncProgress> sync, Optional<AfterTraining> after) {
    if (session.isOver()) {
      return "over";
    }
    if (after.isPresent()) {
      return after.get().hasFailed() ? "failed" : "finished";
    }
    return sync.map(
            progress ->
                switch (progress.phase()) {
                  case SENDING -> "sending";
                  case WAITING -> "waiting";
                  case FAILED -> "failed";
                  case MERGED -> "ready";
                })
        .orElse("ready");
  }

  private static String waitingFor(
      String state, long round, Optional<SyncProgress> sync, Optional<AfterTraining> after) {
    return switch (state) {
      case "over" -> "nothing: the training is over";
      case "sending" -> "Kafka, to take the contribution";
      case "waiting" -> "the merged model of round " + round;
      case "finished" -> "the other sites, to finish their training";
      case "failed" ->
          "the trainer, to try again: "
              + after
                  .flatMap(AfterTraining::problem)
                  .or(() -> sync.map(SyncProgress::problem))
                  .map(ProblemException::detail)
                  .orElse("");
      default -> "the trainer, to send its weights";
    };
  }

  private static @Nullable Long eta(Session session) {
    double done = session.headers().epochsDone();
    double total = session.headers().epochsTotal();
    if (done <= 0 || total <= done) {
      return null;
    }
    long seconds = Duration.between(session.openedAt(), Instant.now()).toSeconds();
    return Math.round(seconds * (total - done) / done);
  }
}
