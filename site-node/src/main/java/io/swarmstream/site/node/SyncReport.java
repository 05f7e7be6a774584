package io.swarmstream.site.node;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sync as a trainer hears of it.
 *
 * @param state {@code waiting} or {@code merged}
 * @param round contributed to, or merged; -1: not sent yet
 * @param waiting null once it is merged
 * @param merged null until it is
 */
public record SyncReport(
    String state,
    long round,
    Instant since,
    long deadlineInSeconds,
    @Nullable Waiting waiting,
    @Nullable Result merged) {

  /**
   * What a merged round was.
   *
   * @param meanLoss of the participants, by weight; null: none said one
   * @param nextInterval mini-batches until the next sync
   * @param warning that somebody else has this site's key; null: nothing says so
   * @param clipped that this site's delta was longer than the round allowed, and was scaled down;
   *     null: it was not
   */
  public record Result(
      boolean participated,
      List<String> participants,
      String modelHash,
      @Nullable Double meanLoss,
      int nextInterval,
      boolean trainingOver,
      double norm,
      @Nullable String warning,
      @Nullable String clipped) {}

  /** Says how far a sync of a session is. */
  static SyncReport of(Session session, SyncProgress progress) {
    MergedRound merged = progress.merged();
    long left = Duration.between(Instant.now(), progress.deadline()).toSeconds();
    if (merged == null) {
      return new SyncReport(
          "waiting",
          progress.round(),
          progress.since(),
          Math.max(0, left),
          Waiting.of(session, progress.round()),
          null);
    }
    Result result =
        new Result(
            merged.participated(),
            merged.participants(),
            merged.modelHash(),
            Double.isNaN(merged.meanLoss()) ? null : merged.meanLoss(),
            merged.nextInterval() > 0 ? merged.nextInterval() : session.request().syncInterval(),
            merged.trainingOver(),
            merged.norm(),
            merged.warning(),
            merged.clipped());
    return new SyncReport("merged", merged.round(), progress.since(), 0, null, result);
  }
}
