package io.swarmstream.site.node;

import io.swarmstream.schemas.rounds.CheckIn;
import io.swarmstream.site.TrainingReport;
import java.util.Optional;

/**
 * What a session says in the headers of its contributions; remembers what the trainer said last.
 *
 * <p>A header has room for one loss and one metric. Of a trainer that evaluates the merged model on
 * its own validation data they are that model's, however its own training goes: the mean over sites
 * is then of one model. Of others they are what comes with the sync.
 */
final class Headers {
  private boolean evaluates;
  private double loss = Double.NaN;
  private double metric = Double.NaN;
  private double epochsDone;
  private double epochsTotal;

  /** The trainer has evaluated the merged model. */
  synchronized void evaluated(double newLoss, double newMetric, double done, double total) {
    progressed(done, total);
    if (evaluates || !Double.isNaN(newLoss) || !Double.isNaN(newMetric)) {
      evaluates = true;
      loss = newLoss;
      metric = newMetric;
    }
  }

  /** Of a sync that the trainer asks for. */
  synchronized TrainingReport of(SessionRequest session, SyncRequest sync) {
    progressed(sync.epochsDone(), session.epochsTotal());
    if (!evaluates) {
      loss = Double.isNaN(sync.loss()) ? loss : sync.loss();
      metric = Double.isNaN(sync.metric()) ? metric : sync.metric();
    }
    Integer own = sync.weight();
    int weight = own == null ? session.weight() : own;
    return header(sync.checkIn() == CheckIn.INACTIVE ? 0 : weight, sync.samples(), sync.checkIn());
  }

  /** Of a contribution that the node makes for a trainer that has finished. */
  synchronized TrainingReport finished(SessionRequest session, CheckIn checkIn) {
    return header(checkIn == CheckIn.INACTIVE ? 0 : session.weight(), 0, checkIn);
  }

  /** Of the newest report; NaN: unknown. */
  synchronized double loss() {
    return loss;
  }

  /** Of the newest report; NaN: unknown. */
  synchronized double metric() {
    return metric;
  }

  synchronized double epochsDone() {
    return epochsDone;
  }

  synchronized double epochsTotal() {
    return epochsTotal;
  }

  private void progressed(double done, double total) {
    epochsDone = Math.max(epochsDone, done);
    epochsTotal = Math.max(epochsTotal, total);
  }

  private TrainingReport header(int weight, long samples, CheckIn checkIn) {
    return new TrainingReport(
        weight, samples, loss, metric, epochsDone, epochsTotal, Optional.of(checkIn));
  }
}
