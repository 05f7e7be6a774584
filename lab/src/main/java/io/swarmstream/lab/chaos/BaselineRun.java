package io.swarmstream.lab.chaos;

import java.util.List;

/**
 * An undisturbed training.
 *
 * @param modelHash model hash of its last round
 * @param seconds by round, when it became readable, in seconds since the start of the sites
 */
record BaselineRun(String modelHash, List<Double> seconds) {

  /** A moment of a training: this long after this round became readable. */
  record Moment(long afterRound, double seconds) {}

  /** The moment at a share of the time from round 0 to the last round but one. */
  Moment at(double share) {
    double first = seconds.get(0);
    double target = first + share * (seconds.get(seconds.size() - 2) - first);
    for (int round = 1; round < seconds.size(); round++) {
      if (target <= seconds.get(round)) {
        return new Moment(round - 1, target - seconds.get(round - 1));
      }
    }
    throw new IllegalStateException("share " + share + " is beyond the training");
  }
}
