package io.swarmstream.site.node.session;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long a trainer still needs for all its epochs, at its pace so far.
 *
 * @param trainingSeconds without waiting for other sites; null: unknown
 * @param withWaitsSeconds with as much waiting as so far; null: unknown
 */
public record Eta(@Nullable Long trainingSeconds, @Nullable Long withWaitsSeconds) {
  static Eta of(Reported reported, Duration elapsed, Duration waited) {
    return new Eta(seconds(reported, elapsed.minus(waited)), seconds(reported, elapsed));
  }

  private static @Nullable Long seconds(Reported reported, Duration elapsed) {
    double done = reported.epochsDone();
    double total = reported.epochsTotal();
    if (done <= 0 || total <= done) {
      return null;
    }
    return Math.round(elapsed.toMillis() / 1000.0 * (total - done) / done);
  }
}
