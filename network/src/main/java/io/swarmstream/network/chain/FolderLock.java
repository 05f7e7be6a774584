package io.swarmstream.network.chain;

import io.swarmstream.schemas.files.PrivateFiles;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Keeps a second process out of a folder. It ends with its process, however that ends. */
final class FolderLock implements Closeable {
  private final FileChannel file;

  private FolderLock(FileChannel file) {
    this.file = file;
  }

  /**
   * Locks the folder.
   *
   * @throws IllegalStateException when it is in use
   */
  static FolderLock of(Path folder) throws IOException {
    FileChannel file =
        FileChannel.open(
            PrivateFiles.file(folder.resolve("in-use.lock")), StandardOpenOption.WRITE);
    if (lock(file) == null) {
      file.close();
      throw new IllegalStateException(
          folder
              + " is used by another network node that is running; stop it first, or name another"
              + " --folder");
    }
    return new FolderLock(file);
  }

  private static @Nullable FileLock lock(FileChannel file) throws IOException {
    try {
      return file.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // held by this process
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
