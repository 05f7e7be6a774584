package io.swarmstream.schemas.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Creates files and folders that only this user can read and write, whatever the umask. They hold
 * keys, tokens and passwords, and logs, which contain the sites' deltas. Each file gets its
 * permissions at creation, so that nobody can open it before they are set.
 *
 * <p>On a file system without POSIX permissions, {@link #create} fails and all other methods leave
 * permissions unchanged.
 */
public final class PrivateFiles {
  private static final Set<PosixFilePermission> FOLDER =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");

  private static final boolean HAS_PERMISSIONS =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  private PrivateFiles() {}

  /** Creates a folder and its parents; leaves an existing folder unchanged. */
  public static Path folder(Path folder) throws IOException {
    return Files.createDirectories(folder, with(FOLDER));
  }

  /** Creates a folder, or denies other users access to an existing one. */
  public static Path closedFolder(Path folder) throws IOException {
    folder(folder);
    if (HAS_PERMISSIONS && !Files.getPosixFilePermissions(folder).equals(FOLDER)) {
      Files.setPosixFilePermissions(folder, FOLDER);
    }
    return folder;
  }

  /**
   * Writes a secret into a new file.
   *
   * @throws FileAlreadyExistsException if the file exists: a secret is never replaced
   * @throws UnsupportedOperationException if the file system cannot prevent other users from
   *     reading the file
   */
  public static void create(Path file, byte[] bytes) throws IOException {
    Files.createFile(file, PosixFilePermissions.asFileAttribute(FILE));
    Files.write(file, bytes, StandardOpenOption.TRUNCATE_EXISTING);
  }

  /**
   * Replaces a file atomically: a reader sees all of the old text or all of the new. The disk has
   * the new text when the method returns, so it survives a crash of the machine.
   */
  public static void write(Path file, String text) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".next");
    Files.deleteIfExists(next);
    Set<StandardOpenOption> options =
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (FileChannel channel = FileChannel.open(next, options, with(FILE))) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    rename(next, file);
  }

  /** Renames a file that the disk has, atomically; returns when the disk has its new name. */
  public static void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    if (HAS_PERMISSIONS) { // other file systems do not open folders
      try (FileChannel entries =
          FileChannel.open(to.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
        entries.force(true);
      }
    }
  }

  /** Creates an empty file for others to append to; leaves an existing file unchanged. */
  public static Path file(Path file) throws IOException {
    try {
      return Files.createFile(file, with(FILE));
    } catch (FileAlreadyExistsException e) {
      return file;
    }
  }

  /** Denies other users access to an existing file. */
  public static void closeFile(Path file) throws IOException {
    if (HAS_PERMISSIONS) {
      Files.setPosixFilePermissions(file, FILE);
    }
  }

  /** Denies other users access to an existing folder, its files and the folders in it. */
  public static void close(Path folder) throws IOException {
    if (!HAS_PERMISSIONS || !Files.isDirectory(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path inner, BasicFileAttributes attributes)
              throws IOException {
            closedFolder(inner);
            // Nobody else can traverse it, so its contents need no change.
            return inner.equals(folder) ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (attributes.isRegularFile()) {
              closeFile(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static FileAttribute<?>[] with(Set<PosixFilePermission> permissions) {
    return HAS_PERMISSIONS
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
        : new FileAttribute<?>[0];
  }
}
