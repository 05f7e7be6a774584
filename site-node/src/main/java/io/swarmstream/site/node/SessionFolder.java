package io.swarmstream.site.node;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a session leaves on disk, so that a node that is started again goes on where it was. */
final class SessionFolder {
  private static final Logger LOG = LoggerFactory.getLogger(SessionFolder.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String SNAPSHOT = "snapshot.bin";

  private final Path folder;

  private SessionFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * The newest sync that was begun, and what the trainer has trained from since.
   *
   * @param contract of which it was; a session may be used again for another one
   * @param round that its weights went to; of a sync that was answered without, the model's
   * @param modelRound round of the newest model that the trainer was given; -1: none
   * @param modelHash of that model, hex; of none zeros
   */
  record Begun(
      String contract,
      long number,
      String bodyHash,
      long round,
      long modelRound,
      String modelHash) {}

  /**
   * Makes the folder, for its owner alone: what a site has trained by itself says most about its
   * data. Removes weights and models of a process that was killed.
   */
  static SessionFolder open(Path folder) throws IOException {
    Files.createDirectories(folder);
    if (Files.getFileStore(folder).supportsFileAttributeView(PosixFileAttributeView.class)) {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }
    try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, "*" + WeightsFile.SUFFIX)) {
      for (Path file : left) {
        Files.deleteIfExists(file);
      }
    }
    return new SessionFolder(folder);
  }

  Path path() {
    return folder;
  }

  void remember(Begun begun) throws IOException {
    Path next = folder.resolve("sync.json.new");
    Files.writeString(next, JSON.writeValueAsString(begun));
    Files.move(next, file(), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  Optional<Begun> begun(String contract) throws IOException {
    if (!Files.exists(file())) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readValue(Files.readString(file()), Begun.class))
          .filter(begun -> begun.contract().equals(contract));
    } catch (JsonProcessingException e) {
      LOG.warn("{} is of another version of the node; the session begins anew", file(), e);
      return Optional.empty();
    }
  }

  /** Keeps weights that outlive the node; returns when the disk has them. */
  void keepSnapshot(WeightsFile weights) throws IOException {
    Path next = folder.resolve(SNAPSHOT + ".new");
    weights.copyTo(next);
    Files.move(
        next, snapshotFile(), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  /** The weights kept, if there are any, and as many as the layout has. */
  Optional<WeightsFile> snapshot(long parameterCount) throws IOException {
    return Files.exists(snapshotFile())
            && Files.size(snapshotFile()) == parameterCount * Float.BYTES
        ? Optional.of(WeightsFile.reading(snapshotFile()))
        : Optional.empty();
  }

  void dropSnapshot() throws IOException {
    Files.deleteIfExists(snapshotFile());
  }

  private Path snapshotFile() {
    return folder.resolve(SNAPSHOT);
  }

  /** When the session is left for good: nothing of it stays. */
  void forget() throws IOException {
    try (DirectoryStream<Path> left = Files.newDirectoryStream(folder)) {
      for (Path file : left) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(folder);
  }

  private Path file() {
    return folder.resolve("sync.json");
  }
}
