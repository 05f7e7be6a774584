package io.swarmstream.site.node;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** What a session leaves on disk, so that a node that is started again goes on where it was. */
final class SessionFolder {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String SNAPSHOT = "snapshot.bin";

  private final Path folder;

  private SessionFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * The newest sync that was begun.
   *
   * @param contract of which it was; a session may be used again for another one
   * @param round that its weights went to
   * @param baseHash hash of the model that their delta was taken from
   */
  record Begun(String contract, long number, String bodyHash, long round, String baseHash) {}

  /** Makes the folder; removes weights and models of a process that was killed. */
  static SessionFolder open(Path folder) throws IOException {
    Files.createDirectories(folder);
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
    return Files.exists(file())
        ? Optional.of(JSON.readValue(Files.readString(file()), Begun.class))
            .filter(begun -> begun.contract().equals(contract))
        : Optional.empty();
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

  /** When the session is left for good. */
  void forget() throws IOException {
    Files.deleteIfExists(file());
    dropSnapshot();
  }

  private Path file() {
    return folder.resolve("sync.json");
  }
}
