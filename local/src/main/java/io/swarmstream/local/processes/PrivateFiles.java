package io.swarmstream.local.processes;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Files and folders for this user alone, whatever the umask: logs hold the sites' deltas, and
 * configuration holds passwords. They are made so, not changed afterwards: nobody gets to open them
 * in between.
 */
public final class PrivateFiles {
  private static final Set<PosixFilePermission> FOLDER =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");

  private static final boolean HAS_PERMISSIONS =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  private PrivateFiles() {}

  /** Makes a folder, and those above it; one that is there stays as it is. */
  public static Path folder(Path folder) throws IOException {
    return Files.createDirectories(folder, with(FOLDER));
  }

  /** Makes a folder of which an earlier version may have made one that others can read. */
  public static Path closedFolder(Path folder) throws IOException {
    folder(folder);
    if (HAS_PERMISSIONS && !Files.getPosixFilePermissions(folder).equals(FOLDER)) {
      Files.setPosixFilePermissions(folder, FOLDER);
    }
    return folder;
  }

  /** Writes a file anew; whoever reads it meanwhile sees all of the old one or all of the new. */
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
    }
    Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Makes an empty file, for somebody to append to; one that is there stays. */
  public static Path file(Path file) throws IOException {
    try {
      return Files.createFile(file, with(FILE));
    } catch (FileAlreadyExistsException e) {
      return file;
    }
  }

  /** A command that makes its files for this user alone; the process stays the same. */
  public static List<String> command(List<String> command) {
    if (!HAS_PERMISSIONS) {
      return command;
    }
    List<String> all = new ArrayList<>(List.of("/bin/sh", "-c", "umask 077; exec \"$@\"", "sh"));
    all.addAll(command);
    return all;
  }

  /** Takes from others what they may do with a folder that an earlier version has made. */
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
            // Nobody comes past it any more.
            return inner.equals(folder) ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (attributes.isRegularFile()) {
              Files.setPosixFilePermissions(file, FILE);
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
