package io.swarmstream.cli.options;

import java.nio.file.Files;
import java.nio.file.Path;

/** A file that a command writes at its end, looked at before it begins. */
public final class OutputFile {
  private OutputFile() {}

  /**
   * The file's whole path.
   *
   * @param option that named it, for the message
   * @throws IllegalArgumentException when it cannot be written
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
