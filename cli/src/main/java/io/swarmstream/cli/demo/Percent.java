package io.swarmstream.cli.demo;

import java.util.Locale;

/** Formats shares of 1 as percentages. */
public final class Percent {
  private Percent() {}

  /** Formats with one decimal: 0.9472 is 94.7 %. */
  public static String of(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  /** Formats a difference of shares in percentage points, without its sign. */
  static String points(double difference) {
    return String.format(Locale.ROOT, "%.1f points", 100 * Math.abs(difference));
  }
}
