package io.swarmstream.lab.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** Computes the times of rounds across all sites. */
final class RoundTimes {
  private final List<List<SiteRound>> rounds;

  /** Keeps the rounds after the warm-up that all sites have finished. */
  RoundTimes(Collection<SiteRound> all, int sites, int warmUp) {
    Map<Long, List<SiteRound>> byRound = new TreeMap<>();
    all.forEach(one -> byRound.computeIfAbsent(one.round(), unused -> new ArrayList<>()).add(one));
    byRound.values().removeIf(one -> one.size() < sites || one.get(0).round() < warmUp);
    rounds = List.copyOf(byRound.values());
    if (rounds.isEmpty()) {
      throw new IllegalStateException("no round was finished by all sites");
    }
  }

  /** Time of each round from the last delta sent until the last site holds the verified model. */
  double[] latencies() {
    return each(RoundTimes::latency);
  }

  /** Median time from one model to the next, over all rounds but the first. */
  double fullRoundMillis() {
    double[] ends = each(round -> last(round, SiteRound::confirmed));
    double[] between = new double[Math.max(1, ends.length - 1)];
    for (int i = 0; i + 1 < ends.length; i++) {
      between[i] = ends[i + 1] - ends[i];
    }
    return quantile(between, 0.5);
  }

  /** Median duration of each stage of a round. */
  Map<String, Double> stages() {
    return stages(rounds);
  }

  /** Stages of the round that took longest after its last delta was sent. */
  Map<String, Double> slowestStages() {
    return stages(
        List.of(Collections.max(rounds, Comparator.comparingDouble(RoundTimes::latency))));
  }

  private static Map<String, Double> stages(List<List<SiteRound>> rounds) {
    Map<String, Double> stages = new LinkedHashMap<>();
    stages.put("signDelta", median(rounds, SiteRound::handedOver, SiteRound::signed));
    stages.put("sendDelta", median(rounds, SiteRound::signed, SiteRound::sent));
    stages.put("admitAndClose", median(rounds, SiteRound::sent, SiteRound::closed));
    stages.put("mergeAndCommit", median(rounds, SiteRound::closed, SiteRound::sealed));
    stages.put("readModel", median(rounds, SiteRound::sealed, SiteRound::read));
    stages.put("confirmAnchor", median(rounds, SiteRound::read, SiteRound::confirmed));
    return stages;
  }

  private static double median(
      List<List<SiteRound>> rounds,
      ToDoubleFunction<SiteRound> from,
      ToDoubleFunction<SiteRound> to) {
    return quantile(
        rounds.stream().mapToDouble(round -> last(round, to) - last(round, from)).toArray(), 0.5);
  }

  private static double latency(List<SiteRound> round) {
    return last(round, SiteRound::confirmed) - last(round, SiteRound::sent);
  }

  private double[] each(ToDoubleFunction<List<SiteRound>> value) {
    return rounds.stream().mapToDouble(value).toArray();
  }

  private static double last(List<SiteRound> round, ToDoubleFunction<SiteRound> time) {
    return round.stream().mapToDouble(time).max().orElseThrow();
  }

  /** The smallest value that is not exceeded by at least this share of the values. */
  static double quantile(double[] values, double share) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
  }
}
