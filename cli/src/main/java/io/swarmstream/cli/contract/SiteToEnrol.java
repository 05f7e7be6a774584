package io.swarmstream.cli.contract;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A site as {@code --sites} names it: {@code NAME=ADDRESS[:W]}.
 *
 * @param maxWeight greatest weight that the site may request
 */
record SiteToEnrol(String name, String address, int maxWeight) {
  private static final Pattern FORM =
      Pattern.compile("(?<name>[^=]+)=(?<address>[^=:]+)(?::(?<weight>[1-9]\\d{0,8}|1000000000))?");

  /**
   * Parses a site.
   *
   * @param usualWeight weight of a site that names none
   * @throws IllegalArgumentException when the text has another form; names the option
   */
  static SiteToEnrol parse(String text, int usualWeight) {
    Matcher site = FORM.matcher(text);
    if (!site.matches()) {
      throw new IllegalArgumentException(
          "--sites takes NAME=ADDRESS or NAME=ADDRESS:W, where W is 1 to 1000000000, got " + text);
    }
    @Nullable String weight = site.group("weight");
    return new SiteToEnrol(
        site.group("name"),
        site.group("address"),
        weight == null ? usualWeight : Integer.parseInt(weight));
  }
}
