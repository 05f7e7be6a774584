package io.swarmstream.shell.script;

import io.swarmstream.schemas.files.TextFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads scripts. */
public final class ScriptFile {
  private static final long MOST_BYTES = 4 << 20;
  private static final int MOST_LINES = 100_000;

  private ScriptFile() {}

  /**
   * The lines of a script.
   *
   * @throws IllegalArgumentException when it is too long, or no text
   */
  public static List<String> read(Path file) throws IOException {
    if (Files.size(file) > MOST_BYTES) {
      throw tooLong(file, Files.size(file) + " bytes", MOST_BYTES + " bytes");
    }
    List<String> lines = TextFile.read(file).lines().toList();
    if (lines.size() > MOST_LINES) {
      throw tooLong(file, lines.size() + " lines", MOST_LINES + " lines");
    }
    return lines;
  }

  private static IllegalArgumentException tooLong(Path file, String length, String most) {
    return new IllegalArgumentException(
        "script " + file + " has " + length + ", more than " + most + "; split it");
  }
}
