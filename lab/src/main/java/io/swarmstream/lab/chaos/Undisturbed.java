package io.swarmstream.lab.chaos;

import java.util.List;

/**
 * A training to which nothing happened.
 *
 * @param modelHash of its last round
 * @param seconds when each round could be read, from the start of the sites on; by round
 */
record Undisturbed(String modelHash, List<Double> seconds) {

  /** A moment of a training: so long after this round could be read. */
  record Moment(long afterRound, double seconds) {}

  /** The moment at a share of the way from round 0 to the last round but one. */
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
