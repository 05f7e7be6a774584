package io.swarmstream.site.node;

import io.swarmstream.clients.kafka.DeadlineException;
import io.swarmstream.schemas.layout.FlatVector;
import io.swarmstream.schemas.rounds.CheckIn;
import io.swarmstream.site.Merged;
import io.swarmstream.site.Sent;
import io.swarmstream.site.SwarmSite;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the node does for a trainer that has finished, round by round, until all have: {@code
 * snapshot} repeats its last weights, {@code active} and {@code inactive} send the merged model
 * back, the latter without weight. {@link TrainingEnd} says when it is over.
 */
final class AfterTraining {
  private static final Logger LOG = LoggerFactory.getLogger(AfterTraining.class);

  private final Session session;
  private final SwarmSite site;

  /** Of the worker's thread. */
  private CheckIn checkIn;

  private final Duration deadline;
  private Instant since = Instant.now();
  private boolean over;
  private @Nullable ProblemException problem;

  /** Prepares it; {@code deadline} is the longest wait for one round. */
  AfterTraining(Session session, CheckIn checkIn, Duration deadline) {
    this.session = session;
    this.site = session.site();
    this.checkIn = checkIn;
    this.deadline = deadline;
  }

  synchronized boolean isOver() {
    return over;
  }

  synchronized boolean hasFailed() {
    return problem != null;
  }

  synchronized Optional<ProblemException> problem() {
    return Optional.ofNullable(problem);
  }

  /** When the wait for the current round began. */
  synchronized Instant since() {
    return since;
  }

  /**
   * Waits until the training is over; false: it is not.
   *
   * @throws ProblemException when the wait has failed
   */
  synchronized boolean await(Duration wait) throws InterruptedException {
    long end = System.nanoTime() + wait.toNanos();
    while (!over && problem == null) {
      long leftMs = (end - System.nanoTime()) / 1_000_000;
      if (leftMs <= 0) {
        return false;
      }
      wait(leftMs);
    }
    if (problem != null) {
      throw problem;
    }
    return true;
  }

  /**
   * Contributes until the training is over.
   *
   * @param last the trainer's last weights
   */
  void run(LastWeights last) throws InterruptedException {
    FlatVector repeated = last.vector();
    if (checkIn == CheckIn.SNAPSHOT && repeated == null) {
      LOG.warn(
          "Session {} has no weights to repeat since the node was started; it sends merged ones back",
          session.id());
      checkIn = CheckIn.ACTIVE;
    }
    try {
      if (checkIn == CheckIn.SNAPSHOT) {
        last.keep();
      }
      boolean done = session.hasEnded();
      while (!done) {
        began();
        done = round(repeated);
      }
      last.drop();
      end(null);
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      end(Failure.of(e));
    }
  }

  private boolean round(@Nullable FlatVector last) throws InterruptedException {
    Sent sent =
        site.contribute(
            weights(last), session.headers().finished(session.request(), checkIn), deadline);
    session.ledger().sent(sent, SquareSum.norm(weights(last), size()), size());
    try {
      return session.finishRound(site.await(sent, deadline), sent.round());
    } catch (DeadlineException e) {
      throw session.late(sent.round(), e);
    }
  }

  private FlatVector weights(@Nullable FlatVector last) {
    FlatVector merged = site.base().map(Merged::vector).orElse(null);
    FlatVector chosen = checkIn == CheckIn.SNAPSHOT || merged == null ? last : merged;
    if (chosen == null) {
      throw ProblemException.of(
          ProblemCode.NO_MODEL,
          "session " + session.id() + " finished before there were weights; send some as sync 0");
    }
    return chosen;
  }

  private long size() {
    return site.terms().parameterCount();
  }

  private synchronized void began() {
    since = Instant.now();
  }

  private synchronized void end(@Nullable ProblemException why) {
    problem = why;
    over = why == null;
    notifyAll();
  }
}
