package io.swarmstream.local.processes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The folder in which Flink keeps the checkpoints of a job. */
public final class Checkpoints {
  private Checkpoints() {}

  /** URI of the newest complete checkpoint of any job; empty when there is none. */
  public static Optional<String> newest(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try (Stream<Path> found = Files.walk(folder, 3)) {
      return found
          .filter(path -> path.endsWith("_metadata"))
          .max(Comparator.comparing(path -> path.toFile().lastModified()))
          .map(path -> Objects.requireNonNull(path.getParent()).toUri().toString());
    }
  }
}
