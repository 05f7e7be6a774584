package io.swarmstream.tasks.definitions;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An instruction of a Dockerfile, with its continuation lines.
 *
 * @param line number of its first line, from 1
 * @param instruction in upper case, such as RUN
 * @param arguments joined to one line
 */
public record DockerfileStep(int line, String instruction, String arguments) {
  private static final Pattern COMMENT = Pattern.compile("\\s*#.*");

  /** The instructions of a Dockerfile's lines, without comments and blank lines. */
  public static List<DockerfileStep> of(List<String> lines) {
    List<DockerfileStep> steps = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    int first = 0;
    int number = 0;
    for (String line : lines) {
      number++;
      if (COMMENT.matcher(line).matches() || line.isBlank()) {
        continue; // inside of a continued instruction, too, as engines do
      }
      if (text.length() == 0) {
        first = number;
      }
      String stripped = line.strip();
      boolean goesOn = stripped.endsWith("\\");
      text.append(goesOn ? stripped.substring(0, stripped.length() - 1).strip() : stripped);
      if (goesOn) {
        text.append(' ');
      } else {
        steps.add(step(first, text.toString()));
        text.setLength(0);
      }
    }
    if (!text.toString().isBlank()) {
      steps.add(step(first, text.toString()));
    }
    return steps;
  }

  private static DockerfileStep step(int line, String text) {
    String[] parts = text.strip().split("\\s+", 2);
    return new DockerfileStep(
        line, parts[0].toUpperCase(Locale.ROOT), parts.length > 1 ? parts[1].strip() : "");
  }

  /**
   * The images that a Dockerfile builds upon or copies from, in their order; not its own stages. A
   * policy has to allow each.
   */
  public static List<String> images(List<String> lines) {
    Set<String> images = new LinkedHashSet<>();
    Set<String> stages = new LinkedHashSet<>();
    int stage = 0;
    for (DockerfileStep step : of(lines)) {
      String[] words = step.arguments.split("\\s+");
      if (step.instruction.equals("FROM")) {
        String image = firstWithoutOption(words);
        if (!stages.contains(image.toLowerCase(Locale.ROOT))) {
          images.add(image);
        }
        stages.add(String.valueOf(stage));
        stage++;
        if (words.length > 2 && words[words.length - 2].equalsIgnoreCase("AS")) {
          stages.add(words[words.length - 1].toLowerCase(Locale.ROOT));
        }
        continue;
      }
      for (String word : words) {
        for (String option : List.of("--from=", "from=")) {
          int at = word.indexOf(option);
          if (word.startsWith("--") && at >= 0) {
            String image = word.substring(at + option.length()).split(",", 2)[0];
            if (!stages.contains(image.toLowerCase(Locale.ROOT))) {
              images.add(image);
            }
            break;
          }
        }
      }
    }
    images.remove("scratch");
    return List.copyOf(images);
  }

  /** Whether a Dockerfile says what it builds upon. */
  public static boolean hasFrom(List<String> lines) {
    return of(lines).stream().anyMatch(step -> step.instruction.equals("FROM"));
  }

  private static String firstWithoutOption(String[] words) {
    for (String word : words) {
      if (!word.startsWith("--")) {
        return word;
      }
    }
    return "";
  }
}
