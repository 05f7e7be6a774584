package io.swarmstream.identity;

import io.swarmstream.schemas.files.PrivateFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Replaces the files of an identity folder; {@link IdentityFolder} says in which order. */
final class IdentityWriter {
  private static final String LOCK = ".lock";
  private static final String UNFINISHED = "next.unfinished";
  private static final List<String> FILES =
      List.of(IdentityFolder.AUTHORITIES, IdentityFolder.KEY, IdentityFolder.CERTIFICATE);
  private static final Duration LOCK_DEADLINE = Duration.ofSeconds(10);

  private IdentityWriter() {}

  interface Work {
    void run() throws IOException;
  }

  static void write(Path folder, Identity identity) throws IOException {
    PrivateFiles.folder(folder);
    locked(
        folder,
        () -> {
          Path next = folder.resolve(IdentityFolder.NEXT);
          Path unfinished = folder.resolve(UNFINISHED);
          if (Files.isDirectory(next)) { // a writer crashed; the three files may not fit
            install(next, folder);
          }
          delete(unfinished);
          PrivateFiles.folder(unfinished);
          PrivateFiles.write(
              unfinished.resolve(IdentityFolder.KEY), PrivateKeys.pem(identity.key()));
          PrivateFiles.write(
              unfinished.resolve(IdentityFolder.CERTIFICATE), Pem.of(identity.chain()));
          PrivateFiles.write(
              unfinished.resolve(IdentityFolder.AUTHORITIES), Pem.of(identity.authorities()));
          PrivateFiles.rename(unfinished, next);
          install(next, folder);
        });
  }

  private static void install(Path next, Path folder) throws IOException {
    for (String file : FILES) {
      PrivateFiles.write(folder.resolve(file), Files.readString(next.resolve(file)));
    }
    // By one rename, so that a crash while deleting does not leave half of it.
    Path old = folder.resolve(UNFINISHED);
    delete(old);
    PrivateFiles.rename(next, old);
    delete(old);
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  /** Runs work while no other thread or process writes to the folder. */
  static void locked(Path folder, Work work) throws IOException {
    synchronized (IdentityWriter.class) {
      Path file = PrivateFiles.file(folder.resolve(LOCK));
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
          FileLock unused = lock(channel, file)) {
        work.run();
      }
    }
  }

  private static FileLock lock(FileChannel channel, Path file) throws IOException {
    long end = System.nanoTime() + LOCK_DEADLINE.toNanos();
    for (@Nullable FileLock lock = channel.tryLock(); ; lock = channel.tryLock()) {
      if (lock != null) {
        return lock;
      }
      if (System.nanoTime() > end) {
        throw new IOException(
            file
                + " is locked by another process for more than "
                + LOCK_DEADLINE.toSeconds()
                + " s; stop the one that writes this identity");
      }
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while waiting for " + file, e);
      }
    }
  }
}
