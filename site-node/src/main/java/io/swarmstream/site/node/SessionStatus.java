package io.swarmstream.site.node;

import io.swarmstream.site.Merged;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a session does, what it waits for and since when.
 *
 * @param state ready, sending, waiting, failed, finished or over
 * @param missing names of live sites that the round waits for
 * @param forWhom the same in words, with how many more are needed; null: it waits for nobody
 * @param contributed sites that are in the round that is waited for
 * @param minPeers sites that a round needs
 * @param round the newest model's; -1: there is none
 * @param loss of this site, as its trainer last said; NaN: unknown
 * @param metric the same
 * @param meanLoss of the newest model's participants; NaN: unknown
 * @param etaSeconds of training until the trainer has done all its epochs, at the pace so far;
 *     null: unknown
 * @param etaWithWaitsSeconds the same with as much waiting as so far
 */
public record SessionStatus(
    String session,
    String contract,
    String trainer,
    String state,
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

  /** Whether it waits for a round to be merged. */
  boolean isWaiting() {
    return state.equals("waiting") || state.equals("finished");
  }

  /** Looks at a session. */
  public static SessionStatus of(Session session) {
    Optional<SyncProgress> sync = session.newest();
    Optional<AfterTraining> after = session.after();
    String state = state(session, sync, after);
    long round = sync.map(SyncProgress::round).orElse(-1L);
    Waiting waiting =
        state.equals("waiting") || state.equals("finished")
            ? Waiting.of(session, state.equals("waiting") ? round : -1)
            : null;
    Optional<Merged> base = session.site().base();
    Duration elapsed = Duration.between(session.openedAt(), Instant.now());
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
        waiting == null ? List.of() : waiting.missing(),
        waiting == null ? null : waiting.forWhom(),
        waiting == null ? 0 : waiting.contributed(),
        session.site().terms().minPeers(),
        base.map(Merged::round).orElse(-1L),
        session.headers().loss(),
        session.headers().metric(),
        base.map(model -> model.summary().meanLoss()).orElse(Double.NaN),
        session.ledger().lastSent().orElse(null),
        session.ledger().lastReceived().orElse(null),
        session.headers().epochsDone(),
        session.headers().epochsTotal(),
        eta(session, elapsed.minus(session.waited())),
        eta(session, elapsed));
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

  private static @Nullable Long eta(Session session, Duration elapsed) {
    double done = session.headers().epochsDone();
    double total = session.headers().epochsTotal();
    if (done <= 0 || total <= done) {
      return null;
    }
    return Math.round(elapsed.toMillis() / 1000.0 * (total - done) / done);
  }
}
