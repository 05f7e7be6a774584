package io.swarmstream.site.node.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.swarmstream.schemas.files.FolderLock;
import io.swarmstream.schemas.files.PrivateFiles;
import io.swarmstream.schemas.files.ProcessLock;
import io.swarmstream.web.AccessToken;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells trainers of the node's user which token the node at a port of this machine has, in a file
 * that only this user can read. The node holds a lock on the file while it runs, so that other
 * nodes of this user know it is there, even from another network namespace, where they do not reach
 * its port.
 */
public final class KnownNode implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KnownNode.class);
  private static final String SUFFIX = ".token";

  /** How long another process of this user may look through the folder. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Path file;

  /** Null where there are no locks. */
  private final @Nullable ProcessLock lock;

  private KnownNode(Path file, @Nullable ProcessLock lock) {
    this.file = file;
    this.lock = lock;
  }

  /** Where trainers look: {@code .swarmstream/nodes} in the home folder. */
  public static Path folder() {
    String home =
        Optional.ofNullable(System.getenv("HOME"))
            .filter(said -> !said.isBlank())
            .orElse(System.getProperty("user.home"));
    return Path.of(home, ".swarmstream", "nodes");
  }

  /** Writes the file for a port; empty if that fails, or if another node has left one. */
  static synchronized Optional<KnownNode> at(Path folder, int port, AccessToken token) {
    Path nodes = folder.toAbsolutePath().normalize();
    Path file = nodes.resolve(port + SUFFIX);
    try (FolderLock unused = alone(nodes)) {
      dropThoseThatAreGone(nodes);
      if (lockOf(file) == Lock.HELD) {
        LOG.warn(
            "{} is that of another running node of this user, which has the port in another network namespace; set"
                + " SWARM_TOKEN_FILE={} for trainers",
            file,
            token.file());
        return Optional.empty();
      }
      Files.deleteIfExists(file); // the port is this node's now
      return Optional.of(write(file, token));
    } catch (IOException | UnsupportedOperationException e) {
      LOG.warn("Cannot write {}; set SWARM_TOKEN_FILE={} for trainers", file, token.file(), e);
      return Optional.empty();
    }
  }

  /** Keeps other processes from the folder meanwhile; null where that cannot be. */
  private static @Nullable FolderLock alone(Path folder) {
    try {
      return FolderLock.await(folder, PATIENCE).orElse(null);
    } catch (IOException e) {
      LOG.debug("{} cannot be locked", folder, e);
      return null;
    }
  }

  private static KnownNode write(Path file, AccessToken token) throws IOException {
    PrivateFiles.create(file, (token.hex() + "\n").getBytes(US_ASCII));
    return new KnownNode(file, lock(file));
  }

  private static @Nullable ProcessLock lock(Path file) {
    try {
      return ProcessLock.ofExisting(file).orElse(null);
    } catch (IOException e) {
      LOG.debug("{} cannot be locked", file, e);
      return null;
    }
  }

  /** Deletes files of killed nodes: another program on such a port must not be shown the token. */
  private static void dropThoseThatAreGone(Path folder) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
      for (Path entry : entries) {
        if (lockOf(entry) == Lock.FREE) {
          Files.deleteIfExists(entry);
        }
      }
    }
  }

  /** What a file's lock says of its node. */
  private enum Lock {
    /** It has ended. */
    FREE,
    /** It runs. */
    HELD,
    /** Nothing: there is no such file, it is another user's, or the file system has no locks. */
    NONE
  }

  private static Lock lockOf(Path file) {
    try {
      Optional<ProcessLock> lock = ProcessLock.ofExisting(file);
      if (lock.isEmpty()) {
        return Lock.HELD;
      }
      lock.get().close();
      return Lock.FREE;
    } catch (IOException e) {
      return Lock.NONE;
    }
  }

  /** Deletes the file. */
  @Override
  public void close() {
    try (ProcessLock ended = lock) {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.warn("Cannot delete {}", file, e);
    }
  }
}
