package io.swarmstream.site.node.session;

import io.swarmstream.site.node.problem.ProblemException;
import io.swarmstream.site.node.weights.ReceivedWeights;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Receives a sync's weights in the request's thread and gives them to the worker. Safe for use by
 * several threads; one body arrives at a time.
 */
final class SyncIntake {
  private final Training training;
  private final Path folder;
  private final SyncDesk desk;
  private final Worker worker;
  private final SyncRun run;

  /**
   * Prepares it.
   *
   * @param folder for the weights
   */
  SyncIntake(Training training, Path folder, SyncDesk desk, Worker worker, SyncRun run) {
    this.training = training;
    this.folder = folder;
    this.desk = desk;
    this.worker = worker;
    this.run = run;
  }

  /**
   * Takes weights, and returns when the log has them.
   *
   * @param body safetensors; read to its end
   * @throws ProblemException when they are refused, or could not be sent
   */
  SyncProgress take(long number, SyncRequest asked, InputStream body)
      throws IOException, InterruptedException {
    requireWeight(asked.weight());
    requireInitial(asked);
    desk.beginReceiving(number);
    try {
      give(number, asked, ReceivedWeights.read(body, training.layout(), folder));
    } finally {
      desk.endReceiving();
    }
    return desk.awaitSent(number, asked.deadline());
  }

  private void requireWeight(@Nullable Integer weight) {
    if (weight != null && weight != 1 && training.terms().privacy().dp().isPresent()) {
      throw ProblemException.badValue(
          "weight", weight, "1: under the contract's privacy all sites count alike");
    }
    if (weight != null && weight > training.maxWeight()) {
      throw ProblemException.badValue(
          "weight",
          weight,
          "at most " + training.maxWeight() + ", as " + training.siteName() + " is enrolled");
    }
  }

  /** The weights of round 0 have no noise. */
  private void requireInitial(SyncRequest asked) {
    if (training.terms().privacy().isNoisy() && !asked.initial() && training.newest().isEmpty()) {
      throw ProblemException.badValue(
          "initial",
          "false",
          "true, because there is no merged model yet, and the first weights are sent without noise: begin"
              + " with weights that have not seen this site's data");
    }
  }

  private void give(long number, SyncRequest asked, ReceivedWeights received) {
    boolean isGiven = false;
    try {
      SyncDesk.Taken taken = desk.take(number, received.bodyHash(), asked.deadline());
      if (taken.isNew()) {
        worker.submit(() -> run.run(taken, asked, received));
        isGiven = true;
      }
    } finally {
      if (!isGiven) {
        received.file().close();
      }
    }
  }
}
