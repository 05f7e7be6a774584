package io.swarmstream.site.node.session;

import io.swarmstream.schemas.rounds.CheckIn;
import io.swarmstream.site.TrainingReport;
import java.util.Optional;

/**
 * Makes the headers of a session's contributions from what the trainer reported last. Safe for use
 * by several threads.
 *
 * <p>A header has room for one loss and one metric. If the trainer evaluates the merged model on
 * its own validation data, they are those of that model, so that the mean over sites is about one
 * model. Otherwise they are what came with the sync.
 */
final class Headers {
  private final boolean isAlike;
  private boolean evaluates;
  private Reported reported = Reported.NOTHING;

  /**
   * The headers of a session.
   *
   * @param isAlike whether all sites count alike, also one that has nothing more to say: its noise
   *     is needed
   */
  Headers(boolean isAlike) {
    this.isAlike = isAlike;
  }

  /** What the trainer reported last. */
  synchronized Reported reported() {
    return reported;
  }

  /** Takes the trainer's evaluation of the merged model. */
  synchronized void evaluated(double loss, double metric, double done, double total) {
    reported = reported.progressed(done, total);
    if (evaluates || !Double.isNaN(loss) || !Double.isNaN(metric)) {
      evaluates = true;
      reported = reported.quality(loss, metric);
    }
  }

  /** The header of a sync. */
  synchronized TrainingReport of(SessionRequest session, SyncRequest sync) {
    reported = reported.progressed(sync.epochsDone(), session.epochsTotal());
    if (!evaluates) {
      reported =
          reported.quality(
              Double.isNaN(sync.loss()) ? reported.loss() : sync.loss(),
              Double.isNaN(sync.metric()) ? reported.metric() : sync.metric());
    }
    Integer own = sync.weight();
    int weight = own == null ? session.weight() : own;
    return header(weight(sync.checkIn(), weight), sync.samples(), sync.checkIn());
  }

  /** The header of a contribution that the node makes for a trainer that has finished. */
  synchronized TrainingReport finished(SessionRequest session, CheckIn checkIn) {
    return header(weight(checkIn, session.weight()), 0, checkIn);
  }

  private int weight(CheckIn checkIn, int usual) {
    return checkIn == CheckIn.INACTIVE && !isAlike ? 0 : usual;
  }

  private TrainingReport header(int weight, long samples, CheckIn checkIn) {
    return new TrainingReport(
        weight,
        samples,
        reported.loss(),
        reported.metric(),
        reported.epochsDone(),
        reported.epochsTotal(),
        Optional.of(checkIn));
  }
}
