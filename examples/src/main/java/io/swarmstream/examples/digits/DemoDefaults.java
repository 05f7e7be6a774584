package io.swarmstream.examples.digits;

import java.util.List;

/**
 * The demo's choices, found by simulating swarms over many seeds.
 *
 * <p>What made the difference: a coordinate median hears only what at least half of the sites say.
 * A digit that fewer sites favour is voted down in every coordinate where its favourers push one
 * way and the rest the other. So every digit is favoured by half of the sites, and then all three
 * merge methods come within a point or two of pooled training.
 */
public final class DemoDefaults {
  public static final int SITES = 4;
  public static final int ROUNDS = 30;

  /** Mini-batches that each site trains between two merges. */
  public static final int SYNC_FREQUENCY = 8;

  public static final long SEED = 42;

  private static final double SCATTERED_SHARE = 0.03;
  private static final double TEST_SHARE = 0.2;

  private DemoDefaults() {}

  /**
   * The same for sites, for a site alone and for pooled training; the learning rate is the one that
   * suits pooled training best.
   */
  public static TrainerOptions trainer() {
    return new TrainerOptions(List.of(64), 16, 0.05, 0.9);
  }

  /** A split in which every digit is favoured by at least half of the sites. */
  public static SplitOptions split(int sites, long seed) {
    int favourersPerDigit = ceilDiv(sites, 2);
    int favouredDigits = ceilDiv(Digits.CLASSES * favourersPerDigit, Math.max(1, sites));
    return new SplitOptions(sites, Math.max(1, favouredDigits), SCATTERED_SHARE, TEST_SHARE, seed);
  }

  /** The order of a site's batches: another one at every site. */
  public static long batchSeed(long seed, int site) {
    return seed * SplitOptions.MAX_SITES + site;
  }

  private static int ceilDiv(int dividend, int divisor) {
    return (dividend + divisor - 1) / divisor;
  }
}
