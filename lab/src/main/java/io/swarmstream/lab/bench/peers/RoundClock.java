package io.swarmstream.lab.bench.peers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Records when rounds begin, when sites hand over their contributions and when they have the model,
 * in milliseconds on this machine's clock. Safe to call from any thread.
 */
public final class RoundClock {
  private final int sites;
  private final int warmUp;
  private final Runnable onCountingStart;
  private final Runnable onEnd;
  private final List<Double> begins = new ArrayList<>();
  private final Map<Integer, Last> handedOver = new TreeMap<>();
  private final Map<Integer, Last> received = new TreeMap<>();
  private boolean ended;
  private long events;

  /** The last of all sites. */
  private static final class Last {
    private int seen;
    private double at;

    void add(double time) {
      seen++;
      at = Math.max(at, time);
    }
  }

  /**
   * Creates the clock of one cell.
   *
   * @param onCountingStart runs when the first measured round begins
   * @param onEnd runs when the last round has ended
   */
  RoundClock(int sites, int warmUp, Runnable onCountingStart, Runnable onEnd) {
    this.sites = sites;
    this.warmUp = warmUp;
    this.onCountingStart = onCountingStart;
    this.onEnd = onEnd;
  }

  /** Records that a round begins, which ends the previous one. */
  public synchronized void begin(double at) {
    events++;
    begins.add(at);
    if (begins.size() == warmUp + 1) {
      onCountingStart.run();
    }
  }

  /** Records that a site has the model that a round starts from. */
  public synchronized void received(int round, double at) {
    events++;
    received.computeIfAbsent(round, unused -> new Last()).add(at);
  }

  /** Records that a site has handed over its contribution. */
  public synchronized void handedOver(int round, double at) {
    events++;
    handedOver.computeIfAbsent(round, unused -> new Last()).add(at);
  }

  /** Records that the last round has ended. */
  public synchronized void end(double at) {
    begins.add(at);
    ended = true;
    onEnd.run();
  }

  /** How many events were recorded. */
  synchronized long events() {
    return events;
  }

  /** Whether there are any figures. */
  synchronized boolean isMeasured() {
    return ended && rounds() > 0;
  }

  /** Number of rounds begun so far, including the warm-up. */
  synchronized int begun() {
    return begins.size();
  }

  /** Number of measured rounds. */
  synchronized int rounds() {
    return Math.max(0, begins.size() - 1 - warmUp);
  }

  /** Median time from the start of a round to the start of the next. */
  synchronized double roundP50Millis() {
    double[] spans = new double[rounds()];
    for (int i = 0; i < spans.length; i++) {
      spans[i] = begins.get(warmUp + i + 1) - begins.get(warmUp + i);
    }
    return median(spans);
  }

  /** Measured rounds per minute, from the start of the first to the end of the last. */
  synchronized double roundsPerMinute() {
    return rounds() * 60_000 / (begins.get(begins.size() - 1) - begins.get(warmUp));
  }

  /**
   * Median time from the last contribution handed over until the last site has the merged model;
   * NaN when no round has both times.
   */
  synchronized double exchangeP50Millis() {
    List<Double> spans = new ArrayList<>();
    handedOver.forEach(
        (round, last) -> {
          Last next = received.get(round + 1);
          if (round >= warmUp && last.seen == sites && next != null && next.seen == sites) {
            spans.add(next.at - last.at);
          }
        });
    return median(spans.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private static double median(double[] values) {
    if (values.length == 0) {
      return Double.NaN;
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(sorted.length - 1) / 2];
  }
}
