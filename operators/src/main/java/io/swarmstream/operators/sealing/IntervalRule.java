package io.swarmstream.operators.sealing;

/**
 * How long sites train before the next merge, by how far they drifted apart before this one (ADR
 * 17).
 *
 * <p>The interval follows what keeps the drift at what is allowed: longer while sites stay close
 * together, shorter when they part. One round at most doubles or halves it, and noise does not
 * change it: the interval stays while the drift is near what is allowed.
 */
final class IntervalRule {
  /** How far off the drift may be, as a factor, without anything being changed. */
  static final double TOLERANCE = 1.25;

  /** How much longer or shorter one round may make the interval, as a factor. */
  static final double STEP = 2;

  /** How much longer or shorter than at first the interval may ever be, as a factor. */
  static final int SPAN = 8;

  private IntervalRule() {}

  /**
   * The interval after a round.
   *
   * @param first the contract's
   * @param current the one before the round
   * @param drift of the round, at least 0
   * @param allowed the drift to be kept, at least 0; 0: not known
   */
  static int next(int first, int current, double drift, double allowed) {
    long next = allowed == 0 ? current : follow(current, allowed / drift);
    return (int) Math.max(Math.max(1, first / SPAN), Math.min((long) first * SPAN, next));
  }

  private static long follow(long current, double ratio) {
    if (ratio >= 1 / TOLERANCE && ratio <= TOLERANCE) {
      return current;
    }
    // The root: drift grows faster than the interval while sites gather speed.
    double factor = Math.max(1 / STEP, Math.min(STEP, Math.sqrt(ratio)));
    long next = (long) Math.rint(current * factor);
    // Rounding must not keep a small interval where it is.
    return next != current ? next : ratio > 1 ? current + 1 : current - 1;
  }
}
