package io.swarmstream.cli.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Measures sizes on disk. */
public final class Disk {
  private Disk() {}

  /**
   * Bytes of all files in those folders of {@code parent} whose names start with {@code prefix}.
   */
  public static long bytes(Path parent, String prefix) throws IOException {
    if (!Files.isDirectory(parent)) {
      return 0;
    }
    long sum = 0;
    try (Stream<Path> folders = Files.list(parent)) {
      for (Path folder :
          folders.filter(path -> path.getFileName().toString().startsWith(prefix)).toList()) {
        sum += bytes(folder);
      }
    }
    return sum;
  }

  /** Counts records only, because Kafka preallocates its indices. */
  private static long bytes(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> !file.toString().endsWith("index")).mapToLong(Disk::size).sum();
    } catch (UncheckedIOException e) {
      return 0; // deleted during the walk
    }
  }

  private static long size(Path file) {
    try {
      return Files.isRegularFile(file) ? Files.size(file) : 0;
    } catch (NoSuchFileException e) {
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
