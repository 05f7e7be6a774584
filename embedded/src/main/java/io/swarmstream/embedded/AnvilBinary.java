package io.swarmstream.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Finds the anvil program. */
final class AnvilBinary {
  /** System property that names the program, or environment variable of the same name. */
  static final String OVERRIDE = "SWARMSTREAM_ANVIL";

  private AnvilBinary() {}

  /**
   * Returns the program that the override names, or else the one that the build installed.
   *
   * @throws IllegalStateException when there is none; the message says what to do
   */
  static Path find() {
    String override = System.getProperty(OVERRIDE, System.getenv(OVERRIDE));
    if (override != null && !override.isBlank()) {
      return findOverride(Path.of(override));
    }
    return findFrom(Path.of("").toAbsolutePath());
  }

  static Path findOverride(Path program) {
    if (!Files.isExecutable(program)) {
      throw new IllegalStateException(
          OVERRIDE + " names " + program + ", which is no program; correct it or unset it");
    }
    return program;
  }

  /** Searches from a folder upwards for the repository that holds it. */
  static Path findFrom(Path folder) {
    Path installed = Path.of("embedded", "node_modules", "@foundry-rs", packageName(), "bin");
    String program = isWindows() ? "anvil.exe" : "anvil";
    for (Path parent = folder; parent != null; parent = parent.getParent()) {
      Path candidate = parent.resolve(installed).resolve(program);
      if (Files.isExecutable(candidate)) {
        return candidate;
      }
    }
    throw new IllegalStateException(
        "the development chain's program is missing: no "
            + installed.resolve(program)
            + " in "
            + folder
            + " or above; run 'npm ci' in embedded/ (the build does), or name an anvil 1.7 with "
            + OVERRIDE);
  }

  private static String packageName() {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String system = isWindows() ? "win32" : os.contains("mac") ? "darwin" : "linux";
    String arch = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
    return "anvil-" + system + "-" + arch;
  }

  private static boolean isWindows() {
    return System.getProperty("os.name").startsWith("Windows");
  }
}
