package io.swarmstream.cli.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Sizes on the disk. */
public final class Disk {
  private Disk() {}

  /** Bytes of all files below the folders whose name begins so, next to each other in a folder. */
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

  /** Records only: Kafka sets room aside for its indices beforehand. */
  private static long bytes(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> !file.toString().endsWith("index")).mapToLong(Disk::size).sum();
    } catch (UncheckedIOException e) {
      return 0; // deleted while it was walked
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
