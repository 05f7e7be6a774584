package io.swarmstream.site.node.session;

import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.masking.MaskRule;
import io.swarmstream.schemas.rounds.CheckIn;
import io.swarmstream.site.node.problem.Failure;
import io.swarmstream.site.node.problem.ProblemCode;
import io.swarmstream.site.node.problem.ProblemException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Knows whether a session's trainer has finished, and starts {@link AfterTraining} when it does.
 * Safe for use by several threads.
 */
final class Finishing {
  private final String session;
  private final LastWeights last;

  /** Null: the trainer has not finished. */
  private volatile @Nullable AfterTraining after;

  Finishing(String session, LastWeights last) {
    this.session = session;
    this.last = last;
  }

  /** How far the node's own contributions are; empty: the trainer has not finished. */
  Optional<AfterTraining.State> state() {
    return Optional.ofNullable(after).map(AfterTraining::state);
  }

  /** Refuses weights of a trainer that has finished. */
  void requireNotFinished() {
    if (after != null) {
      throw ProblemException.of(
          ProblemCode.TRAINING_OVER,
          "session "
              + session
              + " has finished its training; open a session with another id to train on");
    }
  }

  /**
   * Refuses an end that would hide no other site's delta under masks. Later the site itself would
   * refuse it, when nobody listens any more.
   */
  static void requireHiding(ContractTerms terms, int weight, CheckIn checkIn) {
    if (!terms.isMasked()) {
      return;
    }
    MaskRule.knownToAll(weight, checkIn.code())
        .ifPresent(
            why -> {
              throw ProblemException.of(
                      ProblemCode.BAD_VALUE,
                      "contract %s has privacy %s, and %s"
                          .formatted(terms.contract(), terms.privacy().text(), why))
                  .in("checkIn")
                  .values(CheckIn.SNAPSHOT.code(), checkIn.code());
            });
  }

  /**
   * Begins to contribute for the trainer, unless that is under way. Returns when the disk has the
   * snapshot that is repeated: a node that is killed afterwards does not lose it.
   *
   * @param start makes the work and submits it
   */
  synchronized void begin(
      CheckIn checkIn, Duration deadline, BiFunction<CheckIn, Duration, AfterTraining> start) {
    AfterTraining before = after;
    if (before != null && !before.state().hasFailed()) {
      return;
    }
    if (checkIn == CheckIn.SNAPSHOT) {
      try {
        last.keep();
      } catch (IOException e) {
        throw Failure.of(e);
      }
    }
    after = start.apply(checkIn, deadline);
  }

  /** Waits for the end of the training. */
  AfterTraining.State await(Duration wait) throws InterruptedException {
    AfterTraining begun = after;
    if (begun == null) {
      throw ProblemException.of(
          ProblemCode.UNKNOWN_SYNC,
          "session "
              + session
              + " has not finished; call POST /v1/sessions/"
              + session
              + "/finish first");
    }
    return begun.await(wait);
  }
}
