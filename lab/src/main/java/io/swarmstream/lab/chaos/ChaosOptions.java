package io.swarmstream.lab.chaos;

/**
 * Options of a chaos test.
 *
 * @param runs number of trainings, with one kill each
 * @param seed seed of everything random, including the training
 * @param sites sites of each training, 2 to 32
 * @param rounds rounds of each training, after round 0
 * @param syncFrequency mini-batches between two rounds
 */
record ChaosOptions(int runs, long seed, int sites, int rounds, int syncFrequency) {
  ChaosOptions {
    if (runs < 1) {
      throw new IllegalArgumentException("--runs must be at least 1, got " + runs);
    }
    if (sites < 2 || sites > 32) {
      throw new IllegalArgumentException("--sites must be 2 to 32, got " + sites);
    }
    if (rounds < 2) {
      throw new IllegalArgumentException("--rounds must be at least 2, got " + rounds);
    }
  }
}
