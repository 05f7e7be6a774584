package io.swarmstream.network.chain;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Finds the geth program, or builds it once with Go.
 *
 * <p>The version is fixed: 1.13 is the last line of releases that makes blocks with clique.
 */
public final class GethBinary {
  public static final String VERSION = "1.13.15";

  /** Environment variable, or system property, that names the program. */
  public static final String OVERRIDE = "SWARMSTREAM_GETH";

  private static final String NAME = "geth";

  private GethBinary() {}

  /**
   * Returns the named, an installed or a built program; otherwise builds one, which takes some
   * minutes.
   *
   * @param progress takes one line now and then while it is built
   * @throws IllegalStateException when there is none and it cannot be built; the message says what
   *     to do
   */
  public static Path findOrBuild(Consumer<String> progress) {
    Map<String, String> environment = System.getenv();
    return find(environment)
        .orElseGet(() -> GethBuild.build(cached(environment), environment, progress));
  }

  /** Returns the program if there is one already. */
  public static Optional<Path> find() {
    return find(System.getenv());
  }

  static Optional<Path> find(Map<String, String> environment) {
    String override = System.getProperty(OVERRIDE, environment.getOrDefault(OVERRIDE, ""));
    if (!override.isBlank()) {
      Path program = Path.of(override);
      if (!isProgram(program)) {
        throw new IllegalStateException(
            OVERRIDE + " names " + program + ", which is no program; correct it or unset it");
      }
      return Optional.of(program);
    }
    // The cache first: it has the right version, which another geth in PATH may not have.
    return Stream.concat(Stream.of(cached(environment)), onPath(environment, versioned()))
        .filter(GethBinary::isProgram)
        .findFirst()
        .or(() -> onPath(environment, NAME).filter(GethVersion::isRight).findFirst());
  }

  /** Where a built program is: {@code ~/.cache/swarmstream/geth-1.13.15/geth}. */
  static Path cached(Map<String, String> environment) {
    String cache = environment.getOrDefault("XDG_CACHE_HOME", "");
    Path folder =
        cache.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache);
    return folder.resolve("swarmstream").resolve(versioned()).resolve(NAME).toAbsolutePath();
  }

  static Stream<Path> onPath(Map<String, String> environment, String program) {
    return Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator))
        .filter(folder -> !folder.isBlank())
        .map(folder -> Path.of(folder, program))
        .filter(GethBinary::isProgram);
  }

  private static String versioned() {
    return NAME + "-" + VERSION;
  }

  private static boolean isProgram(Path path) {
    return Files.isRegularFile(path) && Files.isExecutable(path);
  }
}
