package io.swarmstream.site.node.session;

import io.swarmstream.schemas.PrivacyLoss;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A sync as a trainer learns of it: either it waits for its round, or it is merged. */
public sealed interface SyncReport {
  /** Round contributed to, or merged; -1: not sent yet. */
  long round();

  /** When this state began. */
  Instant since();

  /**
   * The sync waits for its round.
   *
   * @param deadlineInSeconds until the sync fails
   */
  record Pending(long round, Instant since, long deadlineInSeconds, Waiting waiting)
      implements SyncReport {}

  /**
   * The sync has a merged model.
   *
   * @param model what the trainer learns of it
   * @param nextInterval mini-batches until the next sync
   * @param meanLoss of the participants, by weight; null: none reported one
   * @param privacyLoss of each site up to this round; null: the contract adds no noise
   */
  record Done(
      long round,
      Instant since,
      MergedRound model,
      int nextInterval,
      @Nullable Double meanLoss,
      @Nullable PrivacyLoss privacyLoss)
      implements SyncReport {}

  /**
   * Says how far a sync is.
   *
   * @param ownInterval mini-batches between syncs if the contract leaves them to the trainer
   */
  static SyncReport of(SyncProgress progress, Training training, int ownInterval) {
    MergedRound merged = progress.merged();
    if (merged == null) {
      long left = Duration.between(Instant.now(), progress.deadline()).toSeconds();
      return new Pending(
          progress.round(),
          progress.since(),
          Math.max(0, left),
          Waiting.of(training.notice(), progress.round(), training.terms().minPeers()));
    }
    return new Done(
        merged.round(),
        progress.since(),
        merged,
        merged.nextInterval() > 0 ? merged.nextInterval() : ownInterval,
        Double.isNaN(merged.meanLoss()) ? null : merged.meanLoss(),
        PrivacyLoss.after(training.terms(), merged.round()).orElse(null));
  }
}
