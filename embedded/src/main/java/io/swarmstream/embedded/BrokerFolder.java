package io.swarmstream.embedded;

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

/** The folder that a broker's log lives in. */
final class BrokerFolder {
  private final Path path;
  private final boolean temporary;

  private BrokerFolder(Path path, boolean temporary) {
    this.path = path;
    this.temporary = temporary;
  }

  /** The given folder, or a temporary one; formatted if it has not been yet. */
  static BrokerFolder open(@Nullable Path given) {
    try {
      Path path =
          given == null
              ? Files.createTempDirectory("swarm-kafka-")
              : Files.createDirectories(given.toAbsolutePath());
      BrokerFolder folder = new BrokerFolder(path, given == null);
      folder.format();
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "no folder for the Kafka broker's log in " + (given == null ? "the temp folder" : given),
          e);
    }
  }

  Path path() {
    return path;
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

  void deleteIfTemporary() {
    if (!temporary) {
      return;
    }
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("temporary folder " + path + " cannot be deleted", e);
    }
  }
}
