package io.swarmstream.site.node.http;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Formats points in time for programs and people. */
final class Times {
  private Times() {}

  /** ISO 8601, to the millisecond. */
  static String iso(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MILLIS).toString();
  }

  /** A time of {@link #iso}, and how long ago it was. */
  static String withAge(String iso) {
    Instant instant = Instant.parse(iso);
    long seconds = Math.max(0, Duration.between(instant, Instant.now()).toSeconds());
    String age =
        seconds < 120
            ? seconds + " s"
            : seconds < 7200 ? seconds / 60 + " min" : seconds / 3600 + " h";
    return instant.truncatedTo(ChronoUnit.SECONDS) + ", " + age + " ago";
  }
}
