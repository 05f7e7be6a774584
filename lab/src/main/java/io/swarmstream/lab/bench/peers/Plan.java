package io.swarmstream.lab.bench.peers;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long a cell is measured.
 *
 * @param rounds most measured rounds
 * @param warmUp number of rounds before them
 * @param limits how long it may take
 */
public record Plan(int rounds, int warmUp, Limits limits) {
  /**
   * How long a cell may take.
   *
   * @param rounds no round begins once this much time has passed since the first one began;
   *     Swarmstream runs all its rounds
   * @param standstill a system that does nothing for this long counts as hung
   * @param whole deadline of the whole run, including the start of the processes
   */
  public record Limits(Duration rounds, Duration standstill, Duration whole) {}

  private static final Duration TIME = Duration.ofSeconds(20);
  private static final Duration STANDSTILL = Duration.ofMinutes(1);

  /**
   * Number of values that sites send before rounds of Swarmstream are measured. By then the JIT
   * compilers have done most of their work, and a slow machine is still well within the deadline.
   */
  private static final long WARM = 4_500_000_000L;

  private static final long LEAST_WARM_UP = 15;
  private static final long MOST_WARM_UP = 200;
  private static final long SMALL = 1_000_000;
  private static final long MIDDLE = 20_000_000;
  private static final long LARGE = 200_000_000;

  /**
   * Plans fewer rounds for larger models; {@code rounds}, if not null, overrides how many are
   * measured.
   */
  public static Plan of(Cell cell, @Nullable Integer rounds, Duration deadline) {
    long warmUp = Math.max(LEAST_WARM_UP, Math.min(MOST_WARM_UP, WARM / cell.values()));
    int counting =
        cell.values() <= SMALL
            ? 50
            : cell.values() <= MIDDLE ? 30 : cell.values() <= LARGE ? 15 : 6;
    return new Plan(
        rounds == null ? counting : rounds, (int) warmUp, new Limits(TIME, STANDSTILL, deadline));
  }
}
