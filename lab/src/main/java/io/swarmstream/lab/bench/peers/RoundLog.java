package io.swarmstream.lab.bench.peers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * When rounds began, when sites handed over what they contribute and when they had the model, in
 * milliseconds of this machine's clock. Any thread may tell.
 */
public final class RoundLog {
  private final int sites;
  private final int warmUp;
  private final Runnable onCountingStart;
  private final Runnable onEnd;
  private final List<Double> begins = new ArrayList<>();
  private final Map<Integer, Last> handedOver = new TreeMap<>();
  private final Map<Integer, Last> received = new TreeMap<>();
  private boolean ended;

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
   * A log of one cell.
   *
   * @param onCountingStart is run when the first round that counts begins
   * @param onEnd is run when the last one is over
   */
  RoundLog(int sites, int warmUp, Runnable onCountingStart, Runnable onEnd) {
    this.sites = sites;
    this.warmUp = warmUp;
    this.onCountingStart = onCountingStart;
    this.onEnd = onEnd;
  }

  /** A round begins, and the one before is over. */
  public synchronized void begin(double at) {
    begins.add(at);
    if (begins.size() == warmUp + 1) {
      onCountingStart.run();
    }
  }

  /** A site has the model that a round starts from. */
  public synchronized void received(int round, double at) {
    received.computeIfAbsent(round, unused -> new Last()).add(at);
  }

  /** A site has handed over its contribution. */
  public synchronized void handedOver(int round, double at) {
    handedOver.computeIfAbsent(round, unused -> new Last()).add(at);
  }

  /** The last round is over. */
  public synchronized void end(double at) {
    begins.add(at);
    ended = true;
    onEnd.run();
  }

  /** Whether there is anything to tell. */
  synchronized boolean isMeasured() {
    return ended && rounds() > 0;
  }

  /** Rounds begun so far, warm-up included. */
  synchronized int begun() {
    return begins.size();
  }

  /** Rounds that count. */
  synchronized int rounds() {
    return Math.max(0, begins.size() - 1 - warmUp);
  }

  /** From the beginning of a round to that of the next: half of them took no longer. */
  synchronized double roundP50Millis() {
    double[] spans = new double[rounds()];
    for (int i = 0; i < spans.length; i++) {
      spans[i] = begins.get(warmUp + i + 1) - begins.get(warmUp + i);
    }
    return median(spans);
  }

  /** From the first round that counts to the end of the last, by their number. */
  synchronized double roundsPerMinute() {
    return rounds() * 60_000 / (begins.get(begins.size() - 1) - begins.get(warmUp));
  }

  /**
   * From the last contribution handed over to the last site that has the merged model; NaN when no
   * round tells.
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
