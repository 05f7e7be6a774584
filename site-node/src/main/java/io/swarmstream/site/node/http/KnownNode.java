package io.swarmstream.site.node.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.swarmstream.schemas.files.PrivateFiles;
import io.swarmstream.web.AccessToken;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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

  /** Held while a node looks through the folder and writes its file. */
  private static final String LOCK = "lock";

  /** Files of this process: opening and closing one of them would end its lock. */
  private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel locked;

  private KnownNode(Path file, FileChannel locked) {
    this.file = file;
    this.locked = locked;
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
    try (FileChannel others = alone(nodes)) {
      dropThoseThatAreGone(nodes);
      if (Files.exists(file)) {
        LOG.warn(
            "{} is that of another running node of this user, which has the port in another network namespace; set"
                + " SWARM_TOKEN_FILE={} for trainers",
            file,
            token.file());
        return Optional.empty();
      }
      return Optional.of(write(file, token));
    } catch (IOException | UnsupportedOperationException e) {
      LOG.warn("Cannot write {}; set SWARM_TOKEN_FILE={} for trainers", file, token.file(), e);
      return Optional.empty();
    }
  }

  /** Waits until no other process looks through the folder; does not, where there are no locks. */
  private static FileChannel alone(Path folder) throws IOException {
    PrivateFiles.folder(folder);
    Path lock = PrivateFiles.file(folder.resolve(LOCK));
    FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
    try {
      FileLock unused = channel.lock();
    } catch (IOException e) {
      LOG.debug("{} cannot be locked", lock, e);
    }
    return channel;
  }

  private static KnownNode write(Path file, AccessToken token) throws IOException {
    PrivateFiles.create(file, (token.hex() + "\n").getBytes(US_ASCII));
    FileChannel locked = FileChannel.open(file, StandardOpenOption.WRITE);
    if (!lock(locked)) {
      LOG.debug("{} cannot be locked", file);
    }
    OWN.add(file);
    return new KnownNode(file, locked);
  }

  /** Deletes files of killed nodes: another program on such a port must not be shown the token. */
  private static void dropThoseThatAreGone(Path folder) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
      for (Path entry : entries) {
        if (!OWN.contains(entry)) {
          dropIfGone(entry);
        }
      }
    }
  }

  private static void dropIfGone(Path entry) {
    try (FileChannel file = FileChannel.open(entry, StandardOpenOption.WRITE)) {
      if (lock(file)) {
        Files.deleteIfExists(entry);
      }
    } catch (IOException e) {
      LOG.debug("{} stays", entry, e);
    }
  }

  /**
   * Whether the file is now locked; not where another node runs, or the file system has no locks.
   */
  private static boolean lock(FileChannel file) {
    try {
      return file.tryLock() != null;
    } catch (IOException | OverlappingFileLockException e) {
      return false;
    }
  }

  /** Deletes the file. */
  @Override
  public void close() {
    OWN.remove(file);
    try (FileChannel ended = locked) {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.warn("Cannot delete {}", file, e);
    }
  }
}
