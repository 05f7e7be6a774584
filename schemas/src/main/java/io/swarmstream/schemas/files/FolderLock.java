package io.swarmstream.schemas.files;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Locks a folder for one command while it runs; the lock ends with the process, however that ends.
 */
public final class FolderLock implements AutoCloseable {
  private static final long RETRY_MS = 20;

  private final ProcessLock lock;

  private FolderLock(ProcessLock lock) {
    this.lock = lock;
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
    Path file = PrivateFiles.file(folder.resolve("lock"));
    long end = System.nanoTime() + patience.toNanos();
    Optional<ProcessLock> lock = ProcessLock.of(file);
    while (lock.isEmpty() && System.nanoTime() < end) {
      try {
        Thread.sleep(RETRY_MS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while waiting for the lock of a folder", e);
      }
      lock = ProcessLock.of(file);
    }
    return lock.map(FolderLock::new);
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
