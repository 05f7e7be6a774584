package io.swarmstream.tasks.policy;

import io.swarmstream.tasks.definitions.PolicyDefinition.DataRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Which folders may be mounted. Paths are compared after links and ".." are resolved. */
final class MountCheck {
  /** What makes whoever sees it master of the host, or shows how the host is set up. */
  private static final List<Path> NEVER =
      List.of(
          Path.of("/proc"),
          Path.of("/sys"),
          Path.of("/dev"),
          Path.of("/boot"),
          Path.of("/etc"),
          Path.of("/run"),
          Path.of("/var/run"),
          Path.of("/var/lib/docker"),
          Path.of("/var/lib/containers"));

  private MountCheck() {}

  /** The path without links. */
  static Path real(String source) {
    Path path;
    try {
      path = Path.of(source);
    } catch (InvalidPathException e) {
      throw new PolicyProblem("mount " + source + ": this is no path");
    }
    if (!path.isAbsolute()) {
      throw new PolicyProblem("mount " + source + ": the path is not absolute");
    }
    try {
      return path.toRealPath();
    } catch (IOException e) {
      throw new PolicyProblem(
          "mount "
              + source
              + ": there is no such folder on this host; create it, or change the task");
    }
  }

  /**
   * Checks what no policy can allow.
   *
   * @param closed the agent's own folders, the engine's socket and storage
   */
  static void checkNever(String source, Path real, List<Path> closed) {
    if (real.getNameCount() == 0) {
      throw new PolicyProblem("mount " + source + ": the whole file system is never mounted");
    }
    for (Path never : NEVER) {
      if (real.startsWith(resolved(never))) {
        throw new PolicyProblem(
            "mount " + source + ": nothing below " + never + " is ever mounted");
      }
    }
    for (Path own : closed) {
      Path path = resolved(own);
      if (real.startsWith(path) || path.startsWith(real)) {
        throw new PolicyProblem(
            "mount "
                + source
                + ": the agent's or the engine's own files are there ("
                + own
                + "), which are never mounted");
      }
    }
  }

  /** The first rule that a path is below of. */
  static Optional<DataRule> rule(Path real, List<DataRule> rules) {
    return rules.stream()
        .filter(rule -> real.startsWith(resolved(Path.of(rule.path()))))
        .findFirst();
  }

  private static Path resolved(Path path) {
    try {
      return Files.exists(path) ? path.toRealPath() : path.toAbsolutePath().normalize();
    } catch (IOException e) {
      return path.toAbsolutePath().normalize();
    }
  }
}
