package io.swarmstream.examples.digits;

import java.util.List;

/**
 * The demo's settings, found by simulating swarms over many seeds.
 *
 * <p>The decisive setting is how many sites favour a digit. A coordinate median follows only what
 * at least half of the sites agree on: a digit that fewer sites favour is outvoted in every
 * coordinate where those sites push one way and the rest the other. Half of the sites therefore
 * favour each digit, and all three merge methods come within a point or two of pooled training.
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
   * The options of sites, of a site alone and of pooled training; the learning rate is the one that
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

  /** Seed of the order of a site's batches, which differs at every site. */
  public static long batchSeed(long seed, int site) {
    return seed * SplitOptions.MAX_SITES + site;
  }

  private static int ceilDiv(int dividend, int divisor) {
    return (dividend + divisor - 1) / divisor;
  }
}
