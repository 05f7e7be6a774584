package io.swarmstream.cli.bench.peers;

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
  private static final long SMALL = 1_000_000;
  private static final long MIDDLE = 20_000_000;
  private static final long LARGE = 200_000_000;

  /** Fewer rounds of larger models; {@code rounds} overrides how many count, if it is not null. */
  public static Plan of(Cell cell, @Nullable Integer rounds, Duration deadline) {
    int warmUp =
        cell.values() <= SMALL
            ? 100
            : cell.values() <= MIDDLE ? 60 : cell.values() <= LARGE ? 40 : 8;
    int counting =
        cell.values() <= SMALL ? 50 : cell.values() <= MIDDLE ? 20 : cell.values() <= LARGE ? 4 : 2;
    return new Plan(rounds == null ? counting : rounds, warmUp, TIME, deadline);
  }
}
