package io.swarmstream.cli.demo;

import io.swarmstream.cli.options.MergeChoice;
import io.swarmstream.schemas.DeltaEncoding;

/**
 * Options of the demo. Error messages name the options as users type them.
 *
 * @param sites number of hospitals
 * @param rounds training rounds, after round 0 has merged the initial weights
 * @param merge name of the merge method
 * @param encoding how sites send the values of their deltas
 * @param minPeers fewest sites that a round merges
 * @param syncFrequency mini-batches that a site trains between two rounds
 * @param seed seed of the split, the initial weights, the order of the batches and the sites' keys
 */
public record DemoOptions(
    int sites,
    int rounds,
    String merge,
    DeltaEncoding encoding,
    int minPeers,
    int syncFrequency,
    long seed) {
  static final int MIN_SITES = 2;

  /** There are 1,797 digits: with more sites, some would have fewer than two mini-batches. */
  static final int MAX_SITES = 32;

  /** Bounds the report, which shows every round. */
  static final int MAX_ROUNDS = 1000;

  static final int MAX_SYNC_FREQUENCY = 1000;

  public DemoOptions {
    requireRange("--sites", sites, MIN_SITES, MAX_SITES);
    requireRange("--rounds", rounds, 1, MAX_ROUNDS);
    requireRange("--sync-frequency", syncFrequency, 1, MAX_SYNC_FREQUENCY);
    if (minPeers < 1 || minPeers > sites) {
      throw new IllegalArgumentException(
          "--min-peers must be 1 to the number of sites, %d, got %d".formatted(sites, minPeers));
    }
    merge = MergeChoice.checked(merge, minPeers, encoding);
  }

  /** More than half, so that two separated groups of sites can never both continue. */
  public static int majority(int sites) {
    return sites / 2 + 1;
  }

  /** Mini-batches that a site trains in the whole demo; the baselines train as many. */
  int batches() {
    return rounds * syncFrequency;
  }

  /** The command line that repeats this demo. */
  public String commandLine() {
    return "./swarm demo --sites %d --rounds %d --merge %s --encoding %s --min-peers %d --sync-frequency %d --seed %d"
        .formatted(sites, rounds, merge, encoding.code(), minPeers, syncFrequency, seed);
  }

  private static void requireRange(String option, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          "%s must be %d to %d, got %d".formatted(option, min, max, value));
    }
  }
}
