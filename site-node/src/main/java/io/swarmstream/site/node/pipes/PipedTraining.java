package io.swarmstream.site.node.pipes;

import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.schemas.rounds.CheckIn;
import io.swarmstream.site.Merged;
import io.swarmstream.site.node.SiteNode;
import io.swarmstream.site.node.problem.ProblemCode;
import io.swarmstream.site.node.problem.ProblemException;
import io.swarmstream.site.node.session.FinalReport;
import io.swarmstream.site.node.session.Session;
import io.swarmstream.site.node.session.SyncReport;
import io.swarmstream.site.node.session.SyncRequest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client's training: opens a session of the node once the first weights say what the model is,
 * and repeats what the swarm's absence interrupts, as trainers do by HTTP. One thread uses it.
 */
final class PipedTraining {
  private static final Logger LOG = LoggerFactory.getLogger(PipedTraining.class);

  /** What passes by itself. */
  private static final Set<ProblemCode> PASSING =
      EnumSet.of(
          ProblemCode.SWARM_UNREACHABLE,
          ProblemCode.UNKNOWN_SESSION,
          ProblemCode.SYNC_RUNNING,
          ProblemCode.BUSY);

  private static final Duration POLL = Duration.ofSeconds(30);
  private static final long PAUSE_MS = 2_000;

  private final SiteNode node;
  private final String id;
  private final SessionAsked asked;
  private final Duration deadline;

  private boolean takesOver = true;
  private @Nullable Session session;
  private long syncs;
  private double epochsDone;
  private boolean over;

  PipedTraining(SiteNode node, String id, SessionAsked asked, Duration deadline) {
    this.node = node;
    this.id = id;
    this.asked = asked;
    this.deadline = deadline;
  }

  CheckIn checkIn() {
    return asked.checkinModelOnTrainEnd();
  }

  /** Checks all but the tensors, which come with the first weights. */
  void check() throws IOException, InterruptedException {
    insist(
        left -> {
          node.check(asked.request(ModelLayout.flat(1), true));
          return true;
        });
  }

  boolean isOver() {
    return over;
  }

  /** Whether no weights have come yet. */
  boolean isNew() {
    return syncs == 0;
  }

  private Session open(TrainerArrays arrays) throws IOException, InterruptedException {
    Session open = session;
    if (open == null) {
      open = node.open(id, asked.request(arrays.layout(), takesOver));
      takesOver = false;
      session = open;
    }
    return open;
  }

  /**
   * Contributes weights, and returns when the round is merged.
   *
   * @param weightage how much they count; 0: as the session says
   */
  void sync(TrainerArrays arrays, int weightage, CheckIn mode)
      throws IOException, InterruptedException {
    if (over) {
      return; // the newest model is the final one
    }
    SyncReport.Done done =
        insist(
            left -> {
              Session open = open(arrays);
              SyncRequest request =
                  new SyncRequest(
                      syncs == 0,
                      Double.NaN,
                      Double.NaN,
                      0,
                      epochsDone,
                      weightage > 0 ? weightage : null,
                      mode,
                      left);
              var unused = open.sync(syncs, request, arrays.safetensors());
              return merged(open);
            });
    syncs++;
    over = done.model().trainingOver();
  }

  private SyncReport.Done merged(Session open) throws InterruptedException {
    while (true) {
      if (open.progress(syncs, POLL) instanceof SyncReport.Done done) {
        return done;
      }
    }
  }

  /**
   * Leaves the rest to the node, which contributes in the client's place, and waits for another
   * round of those who still train, or for the end.
   *
   * @param round that the client has
   * @return whether there is a newer model
   */
  boolean finish(TrainerArrays arrays, long round) throws IOException, InterruptedException {
    while (true) {
      FinalReport report =
          insist(
              left -> {
                Session open = open(arrays);
                open.finish(checkIn(), deadline);
                return open.ending(Duration.ofSeconds(1));
              });
      over = report.isOver();
      if (over || report.round() != round) {
        return report.round() != round;
      }
    }
  }

  /** The newest merged model; notes that the client has it. */
  Merged model(TrainerArrays arrays) throws IOException, InterruptedException {
    return insist(left -> open(arrays).model());
  }

  ModelLayout layout(TrainerArrays arrays) throws IOException, InterruptedException {
    return open(arrays).training().layout();
  }

  /** Takes what the client says of the merged model. */
  void evaluated(LossAnswered answer) {
    Session open = session;
    epochsDone = Math.max(epochsDone, answer.epochsDone());
    if (open != null) {
      open.evaluated(
          answer.lossOrNaN(),
          answer.metricOrNaN(),
          Math.max(0, answer.epochsDone()),
          Math.max(0, answer.totalEpochs()));
    }
  }

  /** Mini-batches until the next sync. */
  int nextInterval() {
    return session == null ? asked.syncInterval() : session.nextInterval();
  }

  /** Leaves the training; no round waits for the site any more. */
  void leave() throws IOException, InterruptedException {
    session = null;
    if (!node.close(id)) {
      LOG.warn(
          "Session {} is closed, but Kafka did not answer: a round may wait for the site for the grace period",
          id);
    }
  }

  private interface Action<T> {
    T run(Duration left) throws IOException, InterruptedException;
  }

  private <T> T insist(Action<T> action) throws IOException, InterruptedException {
    Instant end = Instant.now().plus(deadline);
    while (true) {
      Duration left = Duration.between(Instant.now(), end);
      try {
        return action.run(left.isNegative() || left.isZero() ? Duration.ofSeconds(1) : left);
      } catch (ProblemException e) {
        if (!PASSING.contains(e.code()) || left.toMillis() < PAUSE_MS) {
          throw e;
        }
        LOG.warn("Session {} waits: {}", id, e.detail());
        session = null;
        pause();
      }
    }
  }

  /** The end of the client interrupts it. */
  private static void pause() throws InterruptedException {
    var unused = new CountDownLatch(1).await(PAUSE_MS, TimeUnit.MILLISECONDS);
  }
}
