package io.swarmstream.schemas.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Locks a folder for one command while it runs; the lock ends with the process, however that ends.
 */
public final class FolderLock implements AutoCloseable {
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
    PrivateFiles.folder(folder);
    FileChannel file =
        FileChannel.open(PrivateFiles.file(folder.resolve("lock")), StandardOpenOption.WRITE);
    if (lock(file) == null) {
      file.close();
      throw new IllegalStateException(taken);
    }
    return new FolderLock(file);
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
