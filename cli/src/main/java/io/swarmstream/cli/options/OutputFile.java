package io.swarmstream.cli.options;

import java.nio.file.Files;
import java.nio.file.Path;

/** Checks a file that a command writes at its end before the command begins. */
public final class OutputFile {
  private OutputFile() {}

  /**
   * The file's absolute path.
   *
   * @param option the option that names the file, for the message
   * @throws IllegalArgumentException when the file cannot be written
   */
  public static Path checked(String option, Path given) {
    Path file = given.toAbsolutePath().normalize();
    Path folder = file.getParent();
    if (Files.isDirectory(file) || folder == null || !Files.isDirectory(folder)) {
      throw new IllegalArgumentException(
          option + " must name a file in a folder that exists, got " + given);
    }
    if (!Files.isWritable(Files.exists(file) ? file : folder)) {
      throw new IllegalArgumentException(
          option + " must name a file that can be written, got " + given);
    }
    return file;
  }
}
