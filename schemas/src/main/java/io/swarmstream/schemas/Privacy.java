package io.swarmstream.schemas;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What sites do to their deltas before they send them, so that less can be learned from them, in
 * the text form of the terms: {@code dp(clip=1,noise=1.1,delta=0.00001)}, {@code masked(range=1)}
 * or {@code grouped(groups=4,range=1)}, or the first with one of the others, joined by a plus sign.
 * The first may have {@code quantile=0.5}, too: an {@link AdaptiveClip}. Empty: nothing.
 *
 * <p>Each meaning has exactly one text, because terms are compared by their hash. Noise stands
 * before the mask, as it is added before it.
 *
 * @param text the text form in the terms
 */
public record Privacy(String text) implements Serializable {
  /** Maximum length in bytes of the text that the smart contract accepts. */
  public static final int MAX_BYTES = 128;

  /** What people write for {@link #NONE}. */
  public static final String NO_NAME = "none";

  /** Deltas are sent as they are, as under all terms that predate this one. */
  public static final Privacy NONE = new Privacy("");

  /**
   * Clipping with noise: each site scales its delta down to a length of at most {@code clip} and
   * adds Gaussian noise to each value, so that the sum of the deltas of {@code minPeers} sites has
   * noise with the standard deviation {@code noise * clip}.
   *
   * @param clip greatest Euclidean length of a site's delta before the noise; that of round 1 if
   *     the clip is adaptive
   * @param noise the multiplier; 0: deltas are clipped only
   * @param delta probability with which the guarantee may fail
   * @param quantile of the lengths of the sites' deltas that the clip follows; 0: it is fixed
   */
  public record Dp(double clip, double noise, double delta, double quantile) {
    /** Whether the clip follows the lengths of the deltas: see {@link AdaptiveClip}. */
    public boolean isAdaptive() {
      return quantile > 0;
    }

    /** The standard deviation of the noise that one site adds to each value, with this clip. */
    public double deviation(int minPeers) {
      return deviation(clip, minPeers);
    }

    /** The same with the clip of a round. */
    double deviation(double clip, int minPeers) {
      double multiplier = isAdaptive() ? noise / Math.sqrt(1 - AdaptiveClip.NOISE_SHARE) : noise;
      return multiplier * clip / Math.sqrt(minPeers);
    }
  }

  /**
   * Masked sums: the job learns the sum of the deltas only, or of those of each group.
   *
   * @param range greatest magnitude of a value
   * @param groups number of groups into which the sites of a round fall; 1: all are in one
   */
  public record Masked(double range, int groups) {
    /** The coarsest step of a masked sum, of 64 sites of weight 1, as a share of its range. */
    static final double COARSEST_STEP = 0x1p-24;

    /** Deviation of the noise in steps, from which on rounding to steps is lost in it. */
    private static final int STEPS_IN_NOISE = 16;

    /**
     * The smallest deviation of a site's noise. Masks round each value by itself, and the account
     * is of their sum: coarser steps would round the noise away.
     */
    double leastDeviation() {
      return STEPS_IN_NOISE * COARSEST_STEP * range;
    }

    /** The greatest range for a deviation. */
    static double greatestRange(double deviation) {
      return deviation / (STEPS_IN_NOISE * COARSEST_STEP);
    }
  }

  /** One in 10^15 normal values is further away from zero, in deviations. */
  static final int RANGE_DEVIATIONS = 8;

  public Privacy {
    String canonical = text.isEmpty() ? "" : PrivacyText.canonical(text);
    if (!canonical.equals(text)) {
      throw new IllegalArgumentException(
          "privacy '%s'; terms are compared letter by letter: write it as '%s'"
              .formatted(text, canonical));
    }
    if (text.length() > MAX_BYTES) { // all its characters are ASCII
      throw new IllegalArgumentException(
          "privacy '%s' has %d characters, and the chain takes %d; use fewer decimals"
              .formatted(text, text.length(), MAX_BYTES));
    }
  }

  /**
   * Parses the term as people write it: {@code none}, or its parts in any order. Parameters with a
   * default may be left out.
   *
   * @throws IllegalArgumentException naming what is wrong and what is possible
   */
  public static Privacy of(String text) {
    return text.equals(NO_NAME) ? NONE : new Privacy(PrivacyText.canonical(text));
  }

  /** Returns what people may write, with the parameters that they have to give. */
  public static List<String> examples() {
    return PrivacyText.examples();
  }

  /** Whether deltas are sent as they are. */
  public boolean isNone() {
    return text.isEmpty();
  }

  /** Returns the text, or {@code none}. */
  public String shown() {
    return isNone() ? NO_NAME : text;
  }

  /** Whether sites add noise to their deltas. */
  public boolean isNoisy() {
    return noisy().isPresent();
  }

  /** Returns how deltas are clipped and which noise is added; empty: there is no noise. */
  public Optional<Dp> noisy() {
    return dp().filter(dp -> dp.noise() > 0);
  }

  /** Returns how deltas are clipped and which noise is added; empty: neither. */
  public Optional<Dp> dp() {
    return values(PrivacyText.DP)
        .map(
            value ->
                new Dp(
                    number(value, "clip"),
                    number(value, "noise"),
                    number(value, "delta"),
                    value.containsKey(PrivacyText.QUANTILE)
                        ? number(value, PrivacyText.QUANTILE)
                        : 0));
  }

  /** Returns how deltas are masked; empty: not. */
  public Optional<Masked> masked() {
    return values(PrivacyText.MASKED)
        .map(value -> new Masked(number(value, "range"), 1))
        .or(
            () ->
                values(PrivacyText.GROUPED)
                    .map(
                        value ->
                            new Masked(number(value, "range"), (int) number(value, "groups"))));
  }

  /** Into how many groups the sites of a round fall whose sums are masked; 1: they do not. */
  public int groups() {
    return masked().map(Masked::groups).orElse(1);
  }

  /**
   * Returns how many deltas, or means of groups, a round merges at least.
   *
   * @param minPeers minimum number of sites in a round
   */
  public int rows(int minPeers) {
    return groups() > 1 ? groups() : minPeers;
  }

  /**
   * Checks that other terms go with clipping, noise and sums. {@code PrivacyRule} checks all.
   *
   * @throws IllegalArgumentException if they do not; says why, and what to do
   */
  public void requireFits(
      String method, int minPeers, DeltaEncoding encoding, int adaptiveInterval, Limits limits) {
    if (isNone()) {
      return;
    }
    requireFits(method);
    noisy().ifPresent(noisy -> requireFits(noisy, minPeers, encoding));
    if (adaptiveInterval > 0) {
      throw misfit("an adaptive interval would follow the noise; leave adaptiveInterval out");
    }
    if (limits.normText().isPresent()) {
      throw misfit(
          "limit "
              + limits.text()
              + " needs the length of each delta, which nobody shall know; leave the norm out");
    }
  }

  private void requireFits(String method) {
    if (groups() > 1) {
      noisy()
          .ifPresent(
              noisy -> {
                throw misfit(
                    "epsilon is that of one sum of all sites, and groups have sums of their own; use masked, or noise=0");
              });
      if (method.equals("mean")) {
        throw misfit(
            "the mean of the groups is the mean of all, and each group's shows more; use masked, or a robust method such"
                + " as coordmedian");
      }
    } else if (!method.equals("mean")) {
      throw misfit(
          "it is for sums, and merge method "
              + method
              + " makes none; use mean"
              + (masked().isPresent()
                  ? ", or let it merge the sums of groups: " + PrivacyText.GROUPED.example()
                  : ""));
    }
  }

  private void requireFits(Dp noisy, int minPeers, DeltaEncoding encoding) {
    // The account is of the sum of noised deltas. Rounded one by one, they are more than their sum.
    if (encoding.isLossy()) {
      throw misfit(
          "encoding "
              + encoding.code()
              + " rounds each noised delta by itself, and epsilon is that of their sum; use float32");
    }
    double least = noisy.clip() + RANGE_DEVIATIONS * noisy.deviation(minPeers);
    if (masked().filter(mask -> mask.range() < least).isPresent()) {
      throw misfit(
          "a noised value may exceed the range, and a site refuses to send it; with minPeers %d use a range of at least %s"
              .formatted(minPeers, Math.ceil(least)));
    }
    requireFinerSteps(noisy.deviation(minPeers));
  }

  /**
   * Checks that the steps of a masked sum are finer than a noise.
   *
   * @param deviation of what a site adds to a value
   */
  void requireFinerSteps(double deviation) {
    if (masked().filter(mask -> deviation < mask.leastDeviation()).isPresent()) {
      throw misfit(
          "with so great a range the steps of a masked sum are coarser than the noise; use a range of at most "
              + Masked.greatestRange(deviation));
    }
  }

  /**
   * Checks the greatest weight of a site that is about to be enrolled. Noise is for sites that
   * count alike; masked sums take any weight.
   *
   * @param what the field or option that has it, for the message
   * @throws IllegalArgumentException if sites would not all count alike
   */
  public void requireWeight(String what, int maxWeight) {
    if (dp().isPresent() && maxWeight != 1) {
      throw misfit("all sites count alike, and " + what + " is " + maxWeight + "; give 1");
    }
  }

  /** The weight to enrol a site with whose invitation allows a greatest weight. */
  public int allowedWeight(int greatest) {
    return dp().isPresent() ? 1 : greatest;
  }

  private IllegalArgumentException misfit(String why) {
    return new IllegalArgumentException("privacy " + text + ": " + why);
  }

  /** Whether round records say nothing of a single delta, such as its length. */
  public boolean hidesDeltas() {
    return masked().isPresent() || isNoisy();
  }

  private static double number(Map<String, BigDecimal> values, String name) {
    return Objects.requireNonNull(values.get(name)).doubleValue();
  }

  private Optional<Map<String, BigDecimal>> values(NamedParameters kind) {
    return isNone() ? Optional.empty() : Optional.ofNullable(PrivacyText.parts(text).get(kind));
  }
}
