package io.swarmstream.operators.coordination;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.jspecify.annotations.Nullable;

/**
 * What Flink's metrics say of each contract's round, in the group {@code contract} with the
 * contract's name as its value. A contract appears with its first turn after a start, which is at
 * most one notice away while a round is open.
 *
 * <p>This is not state: it repeats what the state says, for threads that may not read it.
 */
final class RoundGauges {
  private final MetricGroup metrics;
  private final LongSupplier clockMs;
  private final Map<String, OfContract> contracts = new HashMap<>();

  RoundGauges(MetricGroup metrics, LongSupplier clockMs) {
    this.metrics = metrics;
    this.clockMs = clockMs;
  }

  /** The numbers of one contract, written by the task and read by reporters. */
  private static final class OfContract {
    private volatile @Nullable RoundState round;
    private volatile int contributed;
    private volatile int waitingFor;
    private volatile int live;
    private volatile int absent;

    private long round() {
      RoundState known = round;
      return known == null ? -1 : known.round();
    }

    /** In seconds, sealing included: the next round opens when this one has been read back. */
    private long ageSeconds(long nowMs) {
      RoundState known = round;
      return known == null ? 0 : Math.max(0, nowMs - known.openedAtMs()) / 1_000;
    }

    private int halted() {
      RoundState known = round;
      return known != null && known.isHalted() ? 1 : 0;
    }
  }

  /** Whether the contract has reported since the start. */
  boolean knows(String contract) {
    return contracts.containsKey(contract);
  }

  /** The contract's round stands like this. */
  void note(String contract, RoundState round) {
    OfContract numbers = contracts.computeIfAbsent(contract, this::register);
    numbers.round = round;
    if (!round.isOpen()) {
      numbers.waitingFor = 0;
    }
  }

  /**
   * What the contract's open round waits for.
   *
   * @param contributed sites whose whole contribution is in
   * @param waitingFor sites that are missing, or more if too few are live
   */
  void noteSites(String contract, int contributed, int waitingFor, int live, int absent) {
    OfContract numbers = contracts.computeIfAbsent(contract, this::register);
    numbers.contributed = contributed;
    numbers.waitingFor = waitingFor;
    numbers.live = live;
    numbers.absent = absent;
  }

  private OfContract register(String contract) {
    OfContract numbers = new OfContract();
    MetricGroup group = metrics.addGroup("contract", contract);
    gauge(group, "round", numbers::round);
    gauge(group, "roundAgeSeconds", () -> numbers.ageSeconds(clockMs.getAsLong()));
    gauge(group, "halted", numbers::halted);
    gauge(group, "contributedSites", () -> numbers.contributed);
    gauge(group, "waitingForSites", () -> numbers.waitingFor);
    gauge(group, "liveSites", () -> numbers.live);
    gauge(group, "absentSites", () -> numbers.absent);
    return numbers;
  }

  private static <T extends Number> void gauge(MetricGroup group, String name, Gauge<T> value) {
    group.gauge(name, value);
  }
}
