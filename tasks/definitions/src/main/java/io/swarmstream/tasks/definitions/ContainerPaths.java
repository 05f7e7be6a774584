package io.swarmstream.tasks.definitions;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks of paths in definitions. */
final class ContainerPaths {
  static final String EXPECTED = "an absolute path, such as /tmp/test";

  private static final Pattern PLACEHOLDER = Pattern.compile("<[A-Z][A-Z0-9_-]*>");
  private static final Pattern VOLUME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]*");

  private ContainerPaths() {}

  /** A path in a container: absolute, without "..", without a slash at its end. */
  static String absolute(YamlValue value) {
    String text = value.text(EXPECTED);
    if (!text.startsWith("/")) {
      throw value.problem("is '" + text + "'", EXPECTED);
    }
    if (Arrays.asList(text.split("/")).contains("..")) {
      throw value.problem("is '" + text + "'", "a path without '..'");
    }
    String tidy = text.replaceAll("/+", "/");
    return tidy.length() > 1 && tidy.endsWith("/") ? tidy.substring(0, tidy.length() - 1) : tidy;
  }

  /** Where a mount comes from. */
  static String source(YamlValue value, MountType type) {
    String text = value.text("a path or a volume's name");
    warnAboutPlaceholder(value, text);
    if (type == MountType.VOLUME && !VOLUME.matcher(text).matches()) {
      throw value.problem(
          "is '" + text + "'", "a volume's name: letters, digits, '_', '.' and '-'");
    }
    return text;
  }

  static void warnAboutPlaceholder(YamlValue value, String text) {
    Matcher found = PLACEHOLDER.matcher(text);
    if (found.find()) {
      value.warn(
          value.name()
              + " has the placeholder "
              + found.group()
              + "; replace it by what it stands for");
    }
  }
}
