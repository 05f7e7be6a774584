package io.swarmstream.tasks.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of HPE's Python client in Dockerfiles. pip refuses some of them, because they are no names
 * of wheels, so that steps are given the right name of ours.
 */
public final class WheelNames {
  private static final Pattern HPES =
      Pattern.compile("swarmlearning-[A-Za-z0-9._]+-py3-none-manylinux[A-Za-z0-9_]+\\.whl");

  private WheelNames() {}

  /**
   * Steps with our wheel's right name in place of HPE's.
   *
   * @param context names that are files of their own there stay as they are, but for the copy of
   *     ours
   */
  public static List<String> corrected(List<String> steps, Optional<Path> wheel, Path context) {
    if (wheel.isEmpty()) {
      return steps;
    }
    String right = String.valueOf(wheel.get().getFileName());
    return steps.stream()
        .map(
            step ->
                HPES.matcher(step)
                    .replaceAll(
                        found ->
                            Matcher.quoteReplacement(
                                isOther(context.resolve(found.group()), wheel.get())
                                    ? found.group()
                                    : right)))
        .toList();
  }

  private static boolean isOther(Path file, Path wheel) {
    try {
      return Files.exists(file) && Files.mismatch(file, wheel) >= 0;
    } catch (java.io.IOException e) {
      throw new RunFailure(file + " cannot be read: " + e, e);
    }
  }
}
