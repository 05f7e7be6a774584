package io.swarmstream.lab.bench;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A round in the middle of which sites were killed.
 *
 * @param killed how many were
 * @param offered how many sites had offered masks when the round's cohort was made; 0 without masks
 * @param participants how many are in the round
 * @param millis from the last site's model of the round before to the last site's model of this one
 * @param closingMillis the part of it until the coordinator closed the round; the grace period that
 *     the killed were waited for is in it
 * @param usualMillis median of the same time as {@code millis}, over the rounds that were measured
 */
record KilledRound(
    int killed,
    int offered,
    int participants,
    double millis,
    double closingMillis,
    double usualMillis) {

  /**
   * Measures it.
   *
   * @param times of all rounds, of this one as the last
   * @return null if no site survived it
   */
  static @Nullable KilledRound of(
      Collection<SiteRound> times,
      long round,
      int killed,
      int offered,
      int participants,
      double usualMillis) {
    List<SiteRound> last = times.stream().filter(one -> one.round() == round).toList();
    double before = lastModel(times, round - 1);
    double closed = last.stream().mapToDouble(SiteRound::closed).max().orElse(before);
    return last.isEmpty()
        ? null
        : new KilledRound(
            killed,
            offered,
            participants,
            lastModel(times, round) - before,
            closed - before,
            usualMillis);
  }

  private static double lastModel(Collection<SiteRound> times, long round) {
    return times.stream()
        .filter(one -> one.round() == round)
        .max(Comparator.comparingDouble(SiteRound::confirmed))
        .map(SiteRound::confirmed)
        .orElse(Double.NaN);
  }

  /**
   * How long after the beginning of a round a site begins to send.
   *
   * @param earlier rounds of that site
   */
  static long millisUntilSending(Collection<SiteRound> earlier) {
    double[] signing =
        earlier.stream().mapToDouble(one -> one.signed() - one.handedOver()).toArray();
    return Math.round(RoundTimes.quantile(signing, 0.5));
  }
}
