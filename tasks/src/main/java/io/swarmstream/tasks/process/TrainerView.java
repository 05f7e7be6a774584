package io.swarmstream.tasks.process;

import io.swarmstream.tasks.run.RunFailure;
import io.swarmstream.tasks.run.TrainerMount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The paths that a trainer would see in a container, as a folder of links: what the task calls
 * {@code /tmp/test/data} is {@code ROOT/tmp/test/data}, a link to the site's data. Relative paths
 * from the working directory mean the same as in a container; absolute ones in the command and in
 * variables are changed to those below the root.
 */
final class TrainerView {
  private final Path root;
  private final List<String> prefixes = new ArrayList<>();

  TrainerView(Path root) {
    this.root = root;
  }

  /**
   * Makes the links.
   *
   * @param mounts with sources that are paths, all of which exist
   */
  void make(List<TrainerMount> mounts, String workingDir, Path copied) throws IOException {
    Files.createDirectories(root);
    List<TrainerMount> sorted =
        mounts.stream().sorted(Comparator.comparingInt(mount -> mount.target().length())).toList();
    for (TrainerMount mount : sorted) {
      prefixes.add(0, mount.target()); // the longest first
      place(inside(mount.target()), Path.of(mount.source()), sorted, mount);
    }
    Path directory = inside(workingDir);
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(directory);
    }
    if (!workingDir.equals("/")) {
      prefixes.add(workingDir);
    }
    linkCopied(copied);
  }

  private void place(Path at, Path source, List<TrainerMount> all, TrainerMount mount)
      throws IOException {
    Files.createDirectories(Objects.requireNonNull(at.getParent()));
    boolean hasInner = all.stream().anyMatch(other -> isBelow(inside(other.target()), at));
    if (Files.isSymbolicLink(at)) {
      Files.delete(at); // an outer mount's entry that this one hides
    }
    if (!hasInner || !Files.isDirectory(source)) {
      if (Files.isDirectory(at)) {
        throw new RunFailure(mount.target() + " is mounted twice");
      }
      Files.createSymbolicLink(at, source);
      return;
    }
    // Mounts inside of this one: the folder is ours, its entries are links.
    Files.createDirectories(at);
    try (Stream<Path> entries = Files.list(source)) {
      for (Path entry : entries.toList()) {
        Path link = at.resolve(entry.getFileName());
        boolean isOuter = all.stream().anyMatch(other -> isBelow(inside(other.target()), link));
        if (isOuter && Files.isDirectory(entry)) {
          place(link, entry, all, mount);
        } else {
          Files.createSymbolicLink(link, entry);
        }
      }
    }
  }

  private static boolean isBelow(Path path, Path other) {
    return path.startsWith(other) && !path.equals(other);
  }

  private void linkCopied(Path copied) throws IOException {
    if (!Files.isDirectory(copied)) {
      return;
    }
    try (Stream<Path> files = Files.walk(copied)) {
      for (Path file : files.toList()) {
        Path place = root.resolve(copied.relativize(file).toString());
        if (Files.isDirectory(file) && !Files.exists(place)) {
          Files.createDirectories(place);
        } else if (Files.isRegularFile(file) && !Files.exists(place)) {
          Files.createSymbolicLink(place, file);
        }
      }
    }
  }

  /** Where a path of the container is. */
  Path inside(String path) {
    Path place = root.resolve(path.replaceFirst("^/+", "")).normalize();
    if (!place.startsWith(root)) {
      throw new RunFailure(path + " leads out of the trainer's folder");
    }
    return place;
  }

  /** A word of the command, or a variable's value, with paths of this host. */
  String mapped(String text) {
    int equals = text.indexOf('=');
    if (text.startsWith("-") && equals > 0) {
      return text.substring(0, equals + 1) + mapped(text.substring(equals + 1));
    }
    for (String prefix : prefixes) {
      if (text.equals(prefix) || text.startsWith(prefix + "/")) {
        return root + text;
      }
    }
    return text;
  }
}
