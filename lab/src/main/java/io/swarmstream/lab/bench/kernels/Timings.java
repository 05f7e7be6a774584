package io.swarmstream.lab.bench.kernels;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Records how long each run of each kernel took. */
final class Timings {
  private final Map<String, List<Double>> millis = new LinkedHashMap<>();

  /** The fastest run, the slowest run and the number of runs. */
  record Spread(double min, double max, int runs) {}

  void add(String kernel, double... taken) {
    List<Double> all = millis.computeIfAbsent(kernel, unused -> new ArrayList<>());
    for (double one : taken) {
      all.add(one);
    }
  }

  /** The slowest run of a kernel; 0 if there is none. */
  double longest(String kernel) {
    return millis.getOrDefault(kernel, List.of()).stream().mapToDouble(d -> d).max().orElse(0);
  }

  /** Median by kernel, in the order in which the kernels were first added. */
  Map<String, Double> medians() {
    Map<String, Double> medians = new LinkedHashMap<>();
    millis.forEach((kernel, all) -> medians.put(kernel, median(all)));
    return medians;
  }

  Map<String, Spread> spreads() {
    Map<String, Spread> spreads = new LinkedHashMap<>();
    millis.forEach(
        (kernel, all) ->
            spreads.put(
                kernel,
                new Spread(
                    all.stream().mapToDouble(d -> d).min().orElseThrow(),
                    all.stream().mapToDouble(d -> d).max().orElseThrow(),
                    all.size())));
    return spreads;
  }

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(d -> d).sorted().toArray();
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }
}
