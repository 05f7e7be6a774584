package io.swarmstream.schemas.files;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder that is deleted with its process, readable by this user only.
 *
 * <p>A lock protects the folder while its process lives. When a process is killed, the next one
 * finds its folder unlocked and deletes it.
 */
public final class TemporaryFolder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TemporaryFolder.class);
  private static final String PREFIX = "swarmstream-";
  private static final String LOCK = "lock";

  /**
   * Number of attempts to delete a folder: parts that are still stopping may write to it meanwhile.
   */
  private static final int DELETE_ATTEMPTS = 20;

  private static final long PAUSE_MS = 100;

  private static final Set<TemporaryFolder> OPEN = ConcurrentHashMap.newKeySet();

  private final Path path;
  private final ProcessLock lock;

  private TemporaryFolder(Path path, ProcessLock lock) {
    this.path = path;
    this.lock = lock;
  }

  /** Creates a folder in the system's temporary folder, and deletes those of dead processes. */
  public static TemporaryFolder make() throws IOException {
    return makeIn(Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath());
  }

  static TemporaryFolder makeIn(Path parent) throws IOException {
    deleteThoseOfTheDead(parent);
    // For this user only, whatever the umask.
    Path path = Files.createTempDirectory(parent, PREFIX);
    // Lock the folder before it has its name, so that nobody sees it unlocked.
    ProcessLock lock =
        ProcessLock.of(path.resolve("new-" + LOCK))
            .orElseThrow(() -> new IOException("somebody else has locked a new file in " + path));
    lock.rename(path.resolve(LOCK));
    TemporaryFolder folder = new TemporaryFolder(path, lock);
    OPEN.add(folder);
    return folder;
  }

  public Path path() {
    return path;
  }

  /** Deletes the folder with everything in it, even while a part still writes there. */
  @Override
  public void close() {
    if (OPEN.remove(this)) {
      delete(path);
      try {
        lock.close();
      } catch (IOException e) {
        LOG.debug("The lock of {} was not closed", path, e);
      }
    }
  }

  /** Deletes all folders of this process, for when it has to end before their owners close them. */
  public static void closeAll() {
    OPEN.forEach(TemporaryFolder::close);
  }

  private static void deleteThoseOfTheDead(Path parent) throws IOException {
    String me = System.getProperty("user.name");
    try (DirectoryStream<Path> found = Files.newDirectoryStream(parent, PREFIX + "*")) {
      for (Path folder : found) {
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
            && Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).getName().equals(me)
            && isOfTheDead(folder)) {
          LOG.info("Deleting {}, which a process that was killed left behind", folder);
          delete(folder);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      LOG.debug("Folders of killed processes in {} stay", parent, e);
    }
  }

  private static boolean isOfTheDead(Path folder) {
    try {
      Optional<ProcessLock> lock = ProcessLock.ofExisting(folder.resolve(LOCK));
      if (lock.isPresent()) {
        lock.get().close();
      }
      return lock.isPresent();
    } catch (IOException e) {
      return false; // it is not such a folder
    }
  }

  private static void delete(Path folder) {
    boolean interrupted = false;
    for (int attempt = 1; ; attempt++) {
      try {
        FolderTree.delete(folder);
        break;
      } catch (IOException e) {
        if (attempt == DELETE_ATTEMPTS) {
          LOG.warn("{} could not be deleted; the next start tries again", folder, e);
          break;
        }
      }
      try {
        Thread.sleep(PAUSE_MS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
