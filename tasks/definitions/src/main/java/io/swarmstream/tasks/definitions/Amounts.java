package io.swarmstream.tasks.definitions;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes and durations as people write them: {@code 8g}, {@code 512 MiB}, {@code 36h}. */
public final class Amounts {
  private static final Pattern SIZE = Pattern.compile("(\\d{1,15})\\s*([kmgt]?)(i?b)?");
  private static final Pattern TIME = Pattern.compile("(\\d{1,9})\\s*([smhd])");
  private static final String UNITS = "kmgt";

  private Amounts() {}

  /**
   * Bytes of a size; k, m, g and t are powers of 1024, as for engines.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static long bytes(String text) {
    Matcher size = SIZE.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!size.matches()) {
      throw new IllegalArgumentException("'" + text + "' is no size, such as 8g or 512m");
    }
    int power = size.group(2).isEmpty() ? 0 : UNITS.indexOf(size.group(2)) + 1;
    return Math.multiplyExact(Long.parseLong(size.group(1)), 1L << (10 * power));
  }

  /**
   * A duration of one unit.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static Duration duration(String text) {
    Matcher time = TIME.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!time.matches()) {
      throw new IllegalArgumentException("'" + text + "' is no duration, such as 30m, 36h or 7d");
    }
    long number = Long.parseLong(time.group(1));
    return switch (time.group(2)) {
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }
}
