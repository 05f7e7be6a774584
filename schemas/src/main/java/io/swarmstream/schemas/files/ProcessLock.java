package io.swarmstream.schemas.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A lock on a file that one place in one process holds; it ends with the process, however that
 * ends.
 *
 * <p>POSIX ends a process's lock when the process closes <i>any</i> channel of the file. So a file
 * that this process holds is not even opened to ask whether it is locked.
 */
public final class ProcessLock implements AutoCloseable {
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final FileChannel channel;
  private Path key;

  private ProcessLock(FileChannel channel, Path key) {
    this.channel = channel;
    this.key = key;
  }

  /**
   * Locks a file; creates it if it is missing.
   *
   * @return empty if another process, or another place in this one, holds the lock
   * @throws IOException if there can be no such file, or the file system has no locks
   */
  public static Optional<ProcessLock> of(Path file) throws IOException {
    return of(file, true);
  }

  /** The same for a file that exists. */
  public static Optional<ProcessLock> ofExisting(Path file) throws IOException {
    return of(file, false);
  }

  private static Optional<ProcessLock> of(Path file, boolean creates) throws IOException {
    Path key = key(file);
    if (!HELD.add(key)) {
      return Optional.empty();
    }
    boolean isLocked = false;
    try {
      FileChannel channel =
          creates
              ? FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)
              : FileChannel.open(file, StandardOpenOption.WRITE);
      try {
        isLocked = channel.tryLock() != null;
      } catch (OverlappingFileLockException e) {
        // Another part of this process, which does not use this class.
      } finally {
        if (!isLocked) {
          channel.close();
        }
      }
      return isLocked ? Optional.of(new ProcessLock(channel, key)) : Optional.empty();
    } finally {
      if (!isLocked) {
        HELD.remove(key);
      }
    }
  }

  /** Gives the locked file another name in one step, so that nobody sees that name unlocked. */
  void rename(Path other) throws IOException {
    Path before = key;
    HELD.add(key(other));
    try {
      Files.move(before, other, StandardCopyOption.ATOMIC_MOVE);
      key = key(other);
    } finally {
      HELD.remove(key.equals(before) ? key(other) : before);
    }
  }

  private static Path key(Path file) {
    return file.toAbsolutePath().normalize();
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      HELD.remove(key);
    }
  }
}
