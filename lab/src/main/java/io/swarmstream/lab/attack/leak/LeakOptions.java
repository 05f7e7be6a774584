package io.swarmstream.lab.attack.leak;

import io.swarmstream.lab.attack.learner.AttackData;

/**
 * Options of the attacks on one delta.
 *
 * @param seeds how many trainings
 * @param firstSeed of the first of them; the others follow
 */
record LeakOptions(AttackData data, int sites, int rounds, int seeds, long firstSeed) {
  private static final int LEAST_SITES = 2;
  private static final int MOST_SITES = 32;

  LeakOptions {
    if (sites < LEAST_SITES || sites > MOST_SITES) {
      throw new IllegalArgumentException(
          "--sites is %d; give %d to %d".formatted(sites, LEAST_SITES, MOST_SITES));
    }
    if (rounds < 1) {
      throw new IllegalArgumentException("--rounds is " + rounds + "; give at least 1");
    }
    if (seeds < 1) {
      throw new IllegalArgumentException("--seeds is " + seeds + "; give at least 1");
    }
  }
}
