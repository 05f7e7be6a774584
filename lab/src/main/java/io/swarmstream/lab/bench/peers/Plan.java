package io.swarmstream.lab.bench.peers;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long a cell is measured.
 *
 * @param rounds that count, at most
 * @param warmUp rounds before them
 * @param time no round begins when so much has passed since the first one began; ours takes all its
 *     rounds
 * @param deadline of the whole, the start of the processes included
 */
public record Plan(int rounds, int warmUp, Duration time, Duration deadline) {
  private static final Duration TIME = Duration.ofSeconds(20);

  /**
   * Values that sites send before ours counts: the compilers have seen most of it then, and a slow
   * machine is through with it well before the deadline.
   */
  private static final long WARM = 4_500_000_000L;

  private static final long LEAST_WARM_UP = 15;
  private static final long MOST_WARM_UP = 200;
  private static final long SMALL = 1_000_000;
  private static final long MIDDLE = 20_000_000;
  private static final long LARGE = 200_000_000;

  /** Fewer rounds of larger models; {@code rounds} overrides how many count, if it is not null. */
  public static Plan of(Cell cell, @Nullable Integer rounds, Duration deadline) {
    long warmUp = Math.max(LEAST_WARM_UP, Math.min(MOST_WARM_UP, WARM / cell.values()));
    int counting =
        cell.values() <= SMALL
            ? 50
            : cell.values() <= MIDDLE ? 30 : cell.values() <= LARGE ? 15 : 6;
    return new Plan(rounds == null ? counting : rounds, (int) warmUp, TIME, deadline);
  }
}
