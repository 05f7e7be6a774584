package io.swarmstream.embedded;

import io.swarmstream.schemas.files.ProcessLock;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;

/**
 * The folder that holds a broker's log, locked against every other broker until it is released.
 *
 * <p>Kafka's own lock does not help: a combined node takes it only after its controller has opened
 * the metadata log. A second node therefore elects itself and writes there before it is rejected,
 * which corrupts the first one.
 */
final class BrokerFolder {
  private final Path path;
  private final boolean temporary;
  private final ProcessLock lock;

  private BrokerFolder(Path path, boolean temporary, ProcessLock lock) {
    this.path = path;
    this.temporary = temporary;
    this.lock = lock;
  }

  /**
   * Opens the given folder, or a temporary one, and formats it if necessary.
   *
   * @throws IllegalStateException when another broker, in any process, holds it
   */
  static BrokerFolder open(@Nullable Path given) {
    try {
      Path path =
          given == null
              ? Files.createTempDirectory("swarm-kafka-")
              : Files.createDirectories(given.toAbsolutePath());
      BrokerFolder folder = new BrokerFolder(path, given == null, lock(path));
      boolean formatted = false;
      try {
        folder.format();
        formatted = true;
        return folder;
      } finally {
        if (!formatted) {
          folder.release();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "no folder for the Kafka broker's log in " + (given == null ? "the temp folder" : given),
          e);
    }
  }

  Path path() {
    return path;
  }

  private static ProcessLock lock(Path path) throws IOException {
    return ProcessLock.of(path.resolve(".swarm-lock"))
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "another Kafka broker is using folder "
                        + path
                        + "; stop it, or give another folder"));
  }

  private void format() {
    if (Files.exists(path.resolve("meta.properties"))) {
      return;
    }
    try (PrintStream silent =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
      new Formatter()
          .setPrintStream(silent)
          .setNodeId(BrokerSettings.NODE_ID)
          .setClusterId(Uuid.randomUuid().toString())
          .setDirectories(List.of(path.toString()))
          .setMetadataLogDirectory(path.toString())
          .setControllerListenerName(BrokerSettings.CONTROLLER_LISTENER)
          .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
          .run();
    } catch (Exception e) {
      throw new IllegalStateException("folder " + path + " cannot be formatted for Kafka", e);
    }
  }

  /** Deletes the folder if it is temporary; otherwise releases it for use by others. */
  void release() {
    try (lock) {
      if (temporary) {
        delete();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("folder " + path + " cannot be given up", e);
    }
  }

  private void delete() throws IOException {
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
