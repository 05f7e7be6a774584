package io.swarmstream.cli.demo;

import java.util.List;
import java.util.stream.Collectors;

/** Shortens lists of site names to fit on a line. */
final class Names {
  private static final int SHOWN = 6;
  private static final String PREFIX = "hospital";

  private Names() {}

  /**
   * Formats names like hospital-a, -b, -c; for many sites, gives their number and the first few.
   */
  static String brief(List<String> names) {
    if (names.isEmpty()) {
      return "nobody";
    }
    return names.size() <= SHOWN
        ? suffixes(names)
        : names.size() + " sites: " + suffixes(names.subList(0, SHOWN - 2)) + " …";
  }

  private static String suffixes(List<String> names) {
    return names.stream()
        .map(name -> name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name)
        .collect(Collectors.joining(", ", PREFIX, ""));
  }
}
