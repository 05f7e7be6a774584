package io.swarmstream.schemas;

import java.util.Optional;

/**
 * A clip that follows a quantile of the lengths of the sites' deltas (Andrew, Thakkar, McMahan and
 * Ramaswamy, <i>Differentially Private Learning with Adaptive Clipping</i>, 2021).
 *
 * <p>The last value of such a contract's model, in the {@link ClipTensor}, is the natural logarithm
 * of the clip divided by that of round 1. Each site adds {@link #step} to it, with noise, so a
 * merge by mean is the paper's update {@code C exp(rate (quantile - b))}, in which {@code b} is the
 * noised share of the deltas that are not clipped. Trainers have all values but this one.
 *
 * <p>Both parts of a contribution have noise, and a multiplier each, with which they are together
 * one Gaussian mechanism of the contract's: {@code 1/noise^2} is the sum of the parts' {@code
 * 1/multiplier^2}, of which the logarithm has the share {@link #NOISE_SHARE}.
 *
 * @param dp the contract's, with the clip of round 1
 * @param minPeers minimum number of sites in a round
 * @param least smallest clip
 * @param most greatest clip
 */
public record AdaptiveClip(Privacy.Dp dp, int minPeers, double least, double most) {
  /** How far a round can move the logarithm, as in the paper. */
  static final double RATE = 0.2;

  /** Share of the privacy that the logarithm uses. */
  static final double NOISE_SHARE = 0.1;

  /** A clip leaves the terms' one by this factor at most. */
  private static final double SPAN = 1e6;

  /** Returns the adaptive clip of a contract; empty: its clip is fixed, or it has none. */
  public static Optional<AdaptiveClip> of(Privacy privacy, int minPeers) {
    return privacy.dp().filter(Privacy.Dp::isAdaptive).map(dp -> of(dp, privacy, minPeers));
  }

  private static AdaptiveClip of(Privacy.Dp dp, Privacy privacy, int minPeers) {
    double perClip = dp.deviation(minPeers) / dp.clip();
    double least = dp.clip() / SPAN;
    double most = dp.clip() * SPAN;
    if (privacy.masked().isPresent()) {
      Privacy.Masked masked = privacy.masked().get();
      most = Math.min(most, masked.range() / (1 + Privacy.RANGE_DEVIATIONS * perClip));
      least = perClip == 0 ? least : Math.max(least, masked.leastDeviation() / perClip);
    }
    return new AdaptiveClip(dp, minPeers, least, most);
  }

  /**
   * Returns the clip of a round.
   *
   * @param logClip last value of the model that the round's deltas are taken from
   */
  public double clip(float logClip) {
    return Math.min(Math.max(unbounded(logClip), least), most);
  }

  /** The same on every machine, unlike that of {@code Math}. */
  private double unbounded(float logClip) {
    return dp.clip() * StrictMath.exp(logClip);
  }

  /**
   * Returns what a site adds to the logarithm, before the noise. A delta of zeros says nothing of
   * lengths and adds 0. A logarithm that noise has moved beyond a bound moves back only.
   *
   * @param length of the site's delta before it is clipped
   * @param logClip as for {@link #clip}
   */
  public double step(double length, float logClip) {
    if (length == 0) {
      return 0;
    }
    double step = RATE * (length <= clip(logClip) ? dp.quantile() - 1 : dp.quantile());
    double unbounded = unbounded(logClip);
    if (unbounded >= most) {
      return Math.min(step, 0);
    }
    return unbounded <= least ? Math.max(step, 0) : step;
  }

  /** The greatest magnitude of a step. */
  public double sensitivity() {
    return RATE * Math.max(dp.quantile(), 1 - dp.quantile());
  }

  /**
   * The standard deviation of the noise that one site adds to each value of its delta.
   *
   * @param clip of the round
   */
  public double deviation(double clip) {
    return dp.deviation(clip, minPeers);
  }

  /** The standard deviation of the noise that one site adds to its step. */
  public double stepDeviation() {
    return dp.noise() / Math.sqrt(NOISE_SHARE) * sensitivity() / Math.sqrt(minPeers);
  }

  /**
   * Checks that other terms leave the logarithm as sites send it.
   *
   * @throws IllegalArgumentException if they do not; says why, and what to do
   */
  public void requireFits(Privacy privacy, DeltaEncoding encoding, Optimizer optimizer) {
    require(
        optimizer.isNone(),
        privacy,
        "optimizer "
            + optimizer.text()
            + " would change the step of the clip, too; leave out the optimizer, or the quantile");
    require(
        privacy.groups() == 1,
        privacy,
        "the clip follows the mean of all sites, and groups have none; use masked, or leave out the quantile");
    require(
        !encoding.isLossy(),
        privacy,
        "encoding "
            + encoding.code()
            + " would round the logarithm of the clip together with the model's values; use float32, or leave out the"
            + " quantile");
    privacy.masked().ifPresent(masked -> requireFits(privacy, masked.range()));
  }

  private void requireFits(Privacy privacy, double range) {
    double needed =
        Math.max(
            dp.clip() + Privacy.RANGE_DEVIATIONS * dp.deviation(minPeers),
            sensitivity() + Privacy.RANGE_DEVIATIONS * stepDeviation());
    require(
        needed <= range,
        privacy,
        "a noised value, or the step of the clip, may exceed the range; with minPeers %d use a range of at least %s"
            .formatted(minPeers, Math.ceil(needed * 1_000) / 1_000));
    if (dp.noise() > 0) {
      privacy.requireFinerSteps(Math.min(dp.deviation(minPeers), stepDeviation()));
    }
  }

  private static void require(boolean holds, Privacy privacy, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException("privacy " + privacy.text() + ": " + otherwise);
    }
  }
}
