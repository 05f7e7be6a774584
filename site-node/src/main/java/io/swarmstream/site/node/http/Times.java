package io.swarmstream.site.node.http;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Formats points in time. */
final class Times {
  private Times() {}

  /** ISO 8601, to the millisecond. */
  static String iso(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MILLIS).toString();
  }
}
