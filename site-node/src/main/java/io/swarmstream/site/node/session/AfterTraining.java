package io.swarmstream.site.node.session;

import io.swarmstream.schemas.layout.FlatVector;
import io.swarmstream.schemas.rounds.CheckIn;
import io.swarmstream.site.Merged;
import io.swarmstream.site.Sent;
import io.swarmstream.site.node.problem.Failure;
import io.swarmstream.site.node.problem.ProblemCode;
import io.swarmstream.site.node.problem.ProblemException;
import io.swarmstream.site.node.weights.SquareSum;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Contributes for a trainer that has finished, round by round, until all trainers have: {@code
 * snapshot} repeats its last weights, {@code active} and {@code inactive} send the merged model
 * back, the latter without weight. {@link io.swarmstream.site.RoundSummary#endsTraining} says when
 * the training is over.
 */
final class AfterTraining {
  private static final Logger LOG = LoggerFactory.getLogger(AfterTraining.class);

  // -- only the worker's thread uses these
  private final String session;
  private final Contributor contributor;
  private final Headers headers;
  private final LastWeights last;
  private final Duration deadline;
  private CheckIn checkIn;

  // -- guarded by this
  private State state = new State(Phase.CONTRIBUTING, Instant.now(), null);

  /** How far it is. */
  enum Phase {
    CONTRIBUTING,
    OVER,
    FAILED
  }

  /**
   * A moment of it.
   *
   * @param since when the wait for the current round began
   * @param problem why it has failed; null in other phases
   */
  record State(Phase phase, Instant since, @Nullable ProblemException problem) {
    boolean isOver() {
      return phase == Phase.OVER;
    }

    boolean hasFailed() {
      return phase == Phase.FAILED;
    }
  }

  /**
   * Prepares it.
   *
   * @param deadline longest wait for one round
   */
  AfterTraining(
      String session,
      Contributor contributor,
      Headers headers,
      LastWeights last,
      CheckIn checkIn,
      Duration deadline) {
    this.session = session;
    this.contributor = contributor;
    this.headers = headers;
    this.last = last;
    this.checkIn = checkIn;
    this.deadline = deadline;
  }

  synchronized State state() {
    return state;
  }

  /**
   * Waits until the training is over, and returns the state at the end of the wait.
   *
   * @throws ProblemException when it has failed
   */
  synchronized State await(Duration wait) throws InterruptedException {
    long end = System.nanoTime() + wait.toNanos();
    while (state.phase() == Phase.CONTRIBUTING) {
      long leftMs = (end - System.nanoTime()) / 1_000_000;
      if (leftMs <= 0) {
        return state;
      }
      wait(leftMs);
    }
    ProblemException problem = state.problem();
    if (problem != null) {
      throw problem;
    }
    return state;
  }

  private synchronized void become(Phase phase, @Nullable ProblemException problem) {
    Instant since = phase == Phase.CONTRIBUTING ? Instant.now() : state.since();
    state = new State(phase, since, problem);
    notifyAll();
  }

  /**
   * Contributes until the training is over.
   *
   * @param wasOver whether a sync of this session has brought the final model already
   */
  void run(boolean wasOver) throws InterruptedException {
    try {
      FlatVector repeated = last.vector();
      if (checkIn == CheckIn.SNAPSHOT && repeated == null) {
        LOG.warn(
            "Session {} has no weights to repeat: none were sent since the node started. It contributes the merged"
                + " model instead",
            session);
        checkIn = CheckIn.ACTIVE;
      }
      boolean done = wasOver || isOverByRecord();
      while (!done) {
        become(Phase.CONTRIBUTING, null);
        done = isLastRound(repeated);
      }
      last.drop();
      // Also after a crash between the last round and the end of this.
      contributor.trainingOver();
      become(Phase.OVER, null);
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      become(Phase.FAILED, Failure.of(e));
    }
  }

  /** After a restart of the node, when nobody is left to make another round with. */
  private boolean isOverByRecord() throws InterruptedException {
    return contributor.catchUp().filter(newest -> newest.summary().endsTraining()).isPresent();
  }

  private boolean isLastRound(@Nullable FlatVector repeated) throws InterruptedException {
    FlatVector weights = weights(repeated);
    Sent sent =
        contributor.contribute(
            weights,
            SquareSum.norm(weights, contributor.size()),
            headers.finished(contributor.request(), checkIn),
            deadline);
    return contributor.outcome(contributor.await(sent, deadline), sent.round()).trainingOver();
  }

  private FlatVector weights(@Nullable FlatVector repeated) {
    FlatVector merged = contributor.base().map(Merged::vector).orElse(null);
    FlatVector chosen = checkIn == CheckIn.SNAPSHOT || merged == null ? repeated : merged;
    if (chosen == null) {
      throw ProblemException.of(
          ProblemCode.NO_MODEL,
          "session "
              + session
              + " finished before there were any weights; send the initial weights as sync 0");
    }
    return chosen;
  }
}
