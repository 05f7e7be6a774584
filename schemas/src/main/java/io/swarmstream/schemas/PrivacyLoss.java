package io.swarmstream.schemas;

import java.util.Locale;
import java.util.Optional;
import org.apache.commons.numbers.gamma.Erf;
import org.apache.commons.numbers.gamma.Erfc;
import org.apache.commons.numbers.gamma.Erfcx;

/**
 * What a training under {@link Privacy.Dp} may have given away of one site so far: whoever has seen
 * all merged models can tell a training with the site's deltas from one in which they were zero no
 * better than (epsilon, delta) says.
 *
 * <p>Each round is a Gaussian mechanism with noise of {@code noise} times its sensitivity, and
 * Gaussian mechanisms compose exactly: after T rounds they are one with {@code mu = sqrt(T) /
 * noise}, of which {@code delta = Phi(mu/2 - epsilon/mu) - exp(epsilon) Phi(-mu/2 - epsilon/mu)}
 * (Dong, Roth and Su, <i>Gaussian Differential Privacy</i>, 2022, corollaries 2.13 and 3.3).
 *
 * @param epsilon rounded up by less than 1e-9 of itself; infinite: there is no noise
 * @param delta of the contract
 * @param rounds how many rounds it covers; round 0 merges initial weights and is none of them
 */
public record PrivacyLoss(double epsilon, double delta, long rounds) {
  private static final double LOG_SQRT_TWO_PI = 0.5 * Math.log(2 * Math.PI);

  private static final double PRECISION = 1e-10;

  /**
   * The loss after a round.
   *
   * @param newest the newest sealed round; -1: none
   * @return empty if the contract adds no noise
   */
  public static Optional<PrivacyLoss> after(ContractTerms terms, long newest) {
    return terms.privacy().noisy().map(dp -> of(dp.noise(), dp.delta(), Math.max(0, newest)));
  }

  /**
   * The loss of some rounds.
   *
   * @param noise the multiplier
   */
  public static PrivacyLoss of(double noise, double delta, long rounds) {
    double mu = Math.sqrt((double) rounds) / noise;
    return new PrivacyLoss(rounds == 0 ? 0 : epsilon(mu, delta), delta, rounds);
  }

  /** As people read it: {@code epsilon 3.92 at delta 1e-05 after 1 round}. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "epsilon %.3g at delta %.0e after %,d %s",
        epsilon,
        delta,
        rounds,
        rounds == 1 ? "round" : "rounds");
  }

  /** The least epsilon of a Gaussian mechanism; delta falls as epsilon grows. */
  private static double epsilon(double mu, double delta) {
    double wanted = Math.log(delta);
    if (Double.isInfinite(mu) || logDelta(mu, 0) <= wanted) {
      return Double.isInfinite(mu) ? mu : 0;
    }
    double low = 0;
    double high = 1;
    while (logDelta(mu, high) > wanted) {
      low = high;
      high *= 2;
    }
    while (high - low > PRECISION * high) {
      double middle = 0.5 * (low + high);
      if (logDelta(mu, middle) > wanted) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  /**
   * The logarithm of delta. With the density {@code phi}, {@code exp(epsilon) phi(mu/2 +
   * epsilon/mu)} is {@code phi(mu/2 - epsilon/mu)}, so both terms share a factor, and only the
   * logarithm of that is very small.
   */
  private static double logDelta(double mu, double epsilon) {
    if (epsilon == 0) {
      return Math.log(Erf.value(mu / Math.sqrt(8)));
    }
    double near = epsilon / mu - mu / 2;
    double far = epsilon / mu + mu / 2;
    double logDensity = -0.5 * near * near - LOG_SQRT_TWO_PI;
    if (near >= 0) {
      return logDensity + Math.log(tailByDensity(near) - tailByDensity(far));
    }
    double likely = 0.5 * Erfc.value(near / Math.sqrt(2));
    return Math.log(likely - Math.exp(logDensity) * tailByDensity(far));
  }

  /** The upper tail of the normal distribution, divided by its density; x is at least 0. */
  private static double tailByDensity(double x) {
    return Math.sqrt(Math.PI / 2) * Erfcx.value(x / Math.sqrt(2));
  }
}
