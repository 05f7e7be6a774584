package io.swarmstream.site.node.session;

import io.swarmstream.site.node.problem.ProblemCode;
import io.swarmstream.site.node.problem.ProblemException;
import io.swarmstream.site.node.session.SyncProgress.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a session's syncs in order: one at a time, and each number once, however often a trainer
 * that lost its connection sends it. Safe for use by several threads.
 */
final class SyncDesk {
  /** The newest sync of an earlier process of this node; null: none, or a newer one has come. */
  private SessionFolder.@Nullable Begun earlier;

  private @Nullable SyncProgress newest;
  private boolean receiving;

  /** How long the syncs that are over took, all together. */
  private Duration waited = Duration.ZERO;

  /** When the running sync began; null: none runs. */
  private @Nullable Instant runningSince;

  SyncDesk(Optional<SessionFolder.Begun> earlier) {
    this.earlier = earlier.orElse(null);
  }

  /**
   * A sync that the desk has accepted.
   *
   * @param isNew false: the same weights came before, and are being worked on
   * @param sentTo round that an earlier process of this node sent the same weights to; else -1
   */
  record Taken(SyncProgress progress, boolean isNew, long sentTo) {
    boolean wasSent() {
      return sentTo >= 0;
    }
  }

  synchronized long next() {
    if (newest != null) {
      return newest.number() + 1;
    }
    return earlier == null ? 0 : earlier.number() + 1;
  }

  synchronized Optional<SyncProgress> newest() {
    return Optional.ofNullable(newest);
  }

  /** How long the trainer has waited for merged models so far. */
  synchronized Duration waited() {
    return runningSince == null
        ? waited
        : waited.plus(Duration.between(runningSince, Instant.now()));
  }

  /** Whether the newest sync brought the final model. */
  synchronized boolean isOver() {
    return newest != null && newest.isLast();
  }

  /** Admits one body at a time, and refuses before it is read what would be refused later. */
  synchronized void beginReceiving(long number) {
    if (receiving) {
      throw running(number, "another body is being received");
    }
    if (number < next() - 1) {
      throw ProblemException.of(
              ProblemCode.STALE_SYNC,
              "sync "
                  + number
                  + " is over; the newest is "
                  + (next() - 1)
                  + ", continue from there")
          .in("n")
          .values("at least " + (next() - 1), Long.toString(number));
    }
    if (newest != null && newest.number() != number && newest.isRunning()) {
      throw running(number, "sync " + newest.number() + " waits for its round");
    }
    if (isOver() && number >= next()) {
      throw ProblemException.of(
          ProblemCode.TRAINING_OVER,
          "the training was over with sync "
              + (next() - 1)
              + "; open a session with another id to train on");
    }
    receiving = true;
  }

  synchronized void endReceiving() {
    receiving = false;
  }

  private static ProblemException running(long number, String why) {
    return ProblemException.of(
        ProblemCode.SYNC_RUNNING,
        "sync " + number + " cannot begin: " + why + "; ask for it first, then send this one");
  }

  /**
   * Accepts weights that have arrived as a whole.
   *
   * @throws ProblemException when the same number came with other weights
   */
  synchronized Taken take(long number, String bodyHash, Duration deadline) {
    SyncProgress before = newest;
    if (before != null && before.number() == number && before.phase() != Phase.FAILED) {
      if (!before.bodyHash().equals(bodyHash)) {
        throw ProblemException.of(
                ProblemCode.SYNC_CONFLICT,
                "sync "
                    + number
                    + " was sent before with other weights; those count. Send these as the next sync")
            .in("body")
            .values(before.bodyHash(), bodyHash);
      }
      return new Taken(before, false, -1);
    }
    long sentTo = -1;
    if (earlier != null && earlier.number() == number && earlier.bodyHash().equals(bodyHash)) {
      sentTo = earlier.round();
    }
    earlier = null;
    SyncProgress begun = SyncProgress.sending(number, bodyHash, Instant.now().plus(deadline));
    update(begun);
    return new Taken(begun, true, sentTo);
  }

  synchronized void update(SyncProgress progress) {
    newest = progress;
    if (progress.isRunning()) {
      runningSince = runningSince == null ? Instant.now() : runningSince;
    } else {
      waited = waited();
      runningSince = null;
    }
    notifyAll();
  }

  /** Fails the sync of a number, unless a newer one has come. */
  synchronized void fail(long number, ProblemException why) {
    if (newest != null && newest.number() == number) {
      update(newest.failed(why));
    }
  }

  /** Fails the running sync, so that nobody waits for a session that has ended. */
  synchronized void close() {
    if (newest != null && newest.isRunning()) {
      update(
          newest.failed(
              ProblemException.of(
                      ProblemCode.UNKNOWN_SESSION,
                      "the session was closed while sync "
                          + newest.number()
                          + " was under way; open it again and repeat the sync")
                  .in("id")));
    }
  }

  /** Waits until a sync is in the log, or has failed. */
  SyncProgress awaitSent(long number, Duration wait) throws InterruptedException {
    return await(number, wait, progress -> progress.phase() != Phase.SENDING);
  }

  /**
   * Waits until a sync is merged.
   *
   * @throws ProblemException when it has failed
   */
  SyncProgress await(long number, Duration wait) throws InterruptedException {
    return await(number, wait, progress -> !progress.isRunning());
  }

  private synchronized SyncProgress await(
      long number, Duration wait, Predicate<SyncProgress> enough) throws InterruptedException {
    long end = System.nanoTime() + wait.toNanos();
    while (true) {
      SyncProgress progress = require(number);
      long leftMs = (end - System.nanoTime()) / 1_000_000;
      if (enough.test(progress) || leftMs <= 0) {
        if (progress.problem() != null) {
          throw progress.problem();
        }
        return progress;
      }
      wait(leftMs);
    }
  }

  private SyncProgress require(long number) {
    if (newest == null || newest.number() != number) {
      throw ProblemException.of(
              ProblemCode.UNKNOWN_SYNC,
              "there is no sync "
                  + number
                  + (newest == null
                      ? "; none was sent since the node started: send it again"
                      : "; the newest is " + newest.number()))
          .in("n");
    }
    return newest;
  }
}
