package io.swarmstream.tasks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The wheel of our Python packages, as users make it. */
public final class PackedWheel {
  private static final String TOOL = "../deploy/tools/make-client-wheel";

  private PackedWheel() {}

  /** Packs it into a folder. */
  public static Path in(Path folder) throws IOException {
    Process process =
        new ProcessBuilder("python3", TOOL, folder.toString()).redirectErrorStream(true).start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    try {
      if (process.waitFor() != 0) {
        throw new IllegalStateException(TOOL + ": " + output);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    return Path.of(output);
  }
}
