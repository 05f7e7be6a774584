package io.swarmstream.schemas.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Locks a folder for one command while it runs; the lock ends with the process, however that ends.
 */
public final class FolderLock implements AutoCloseable {
  private static final long RETRY_MS = 20;

  private final FileChannel file;

  private FolderLock(FileChannel file) {
    this.file = file;
  }

  /**
   * Locks the folder; creates it if it is missing.
   *
   * @param taken message if another command holds the lock
   * @throws IllegalStateException with that message
   */
  public static FolderLock of(Path folder, String taken) throws IOException {
    return await(folder, Duration.ZERO).orElseThrow(() -> new IllegalStateException(taken));
  }

  /**
   * Waits for the lock of a folder; creates the folder if it is missing.
   *
   * @return empty if another command, or thread, holds the lock for longer
   * @throws IOException if the file system has no locks, or the thread is interrupted
   */
  public static Optional<FolderLock> await(Path folder, Duration patience) throws IOException {
    PrivateFiles.folder(folder);
    FileChannel file =
        FileChannel.open(PrivateFiles.file(folder.resolve("lock")), StandardOpenOption.WRITE);
    boolean isLocked = false;
    try {
      isLocked = await(file, System.nanoTime() + patience.toNanos());
    } finally {
      if (!isLocked) {
        file.close();
      }
    }
    return isLocked ? Optional.of(new FolderLock(file)) : Optional.empty();
  }

  private static boolean await(FileChannel file, long end) throws IOException {
    while (lock(file) == null) {
      if (System.nanoTime() >= end) {
        return false;
      }
      try {
        Thread.sleep(RETRY_MS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while waiting for the lock of a folder", e);
      }
    }
    return true;
  }

  /** The lock; null when another process, or this one, holds it. */
  private static @Nullable FileLock lock(FileChannel file) throws IOException {
    try {
      return file.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
