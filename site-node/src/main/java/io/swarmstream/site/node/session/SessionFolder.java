package io.swarmstream.site.node.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.swarmstream.schemas.files.PrivateFiles;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.site.node.weights.WeightsFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds what a session leaves on disk, so that a node that is started again resumes it: its newest
 * sync and model in {@code sync.json}, the snapshot of a trainer that has finished in {@code
 * snapshot.bin}. Each is replaced as a whole, and is on the disk when the method returns.
 */
public final class SessionFolder {
  private static final Logger LOG = LoggerFactory.getLogger(SessionFolder.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String SYNC = "sync.json";
  private static final String SNAPSHOT = "snapshot.bin";
  private static final String UNFINISHED = ".new";

  private final Path folder;

  private SessionFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * The newest sync that was begun, and the newest model that the trainer was given.
   *
   * @param contract of the sync; a session may be used again for another contract
   * @param number of the sync; -1: none was begun
   * @param bodyHash of the sync's body
   * @param round that its weights went to; of a sync that was answered without a contribution, the
   *     model's
   * @param modelRound round of the model; -1: none was given
   * @param modelHash of that model, hex; zeros if there is none
   */
  record Begun(
      String contract,
      long number,
      String bodyHash,
      long round,
      long modelRound,
      String modelHash) {

    /** What a new session remembers. */
    static Begun nothing(String contract) {
      return new Begun(contract, -1, "", -1, -1, Hash.ZERO.hex());
    }

    Begun with(long newNumber, String newBodyHash, long newRound) {
      return new Begun(contract, newNumber, newBodyHash, newRound, modelRound, modelHash);
    }

    Begun with(long newModelRound, String newModelHash) {
      return new Begun(contract, number, bodyHash, round, newModelRound, newModelHash);
    }
  }

  /**
   * Makes the folder, readable by its owner only: what a site has trained by itself says most about
   * its data. Deletes weights and models of a process that was killed.
   */
  public static SessionFolder open(Path folder) throws IOException {
    PrivateFiles.closedFolder(folder);
    try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, "*" + WeightsFile.SUFFIX)) {
      for (Path file : left) {
        Files.deleteIfExists(file);
      }
    }
    return new SessionFolder(folder);
  }

  /** Where it is; also for files that live as long as the process. */
  public Path path() {
    return folder;
  }

  /** Replaces what is remembered; returns when the disk has it. */
  void remember(Begun begun) throws IOException {
    PrivateFiles.write(folder.resolve(SYNC), JSON.writeValueAsString(begun));
  }

  /** What was remembered of a contract, if anything. */
  Optional<Begun> begun(String contract) throws IOException {
    Path file = folder.resolve(SYNC);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readValue(Files.readString(file), Begun.class))
          .filter(begun -> begun.contract().equals(contract));
    } catch (JsonProcessingException e) {
      LOG.warn(
          "Cannot parse {}, which another version of the node has written; the session starts anew",
          file,
          e);
      return Optional.empty();
    }
  }

  /** Keeps weights beyond the end of the process; returns when the disk has them. */
  void keepSnapshot(WeightsFile weights) throws IOException {
    Path next = folder.resolve(SNAPSHOT + UNFINISHED);
    weights.copyTo(next);
    PrivateFiles.rename(next, folder.resolve(SNAPSHOT));
  }

  /** The weights kept, if there are any and they are as many as the layout has. */
  Optional<WeightsFile> snapshot(long parameterCount) throws IOException {
    Path file = folder.resolve(SNAPSHOT);
    return Files.exists(file) && Files.size(file) == parameterCount * Float.BYTES
        ? Optional.of(WeightsFile.reading(file))
        : Optional.empty();
  }

  void dropSnapshot() throws IOException {
    Files.deleteIfExists(folder.resolve(SNAPSHOT));
  }

  /** Deletes everything: the session is left for good. */
  void forget() throws IOException {
    try (DirectoryStream<Path> left = Files.newDirectoryStream(folder)) {
      for (Path file : left) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(folder);
  }
}
