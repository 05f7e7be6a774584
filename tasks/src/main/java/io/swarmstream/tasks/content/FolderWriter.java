package io.swarmstream.tasks.content;

import io.swarmstream.tasks.run.RunFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Writes files into a folder: none outside of it, none through a link, and no more bytes than
 * allowed in all.
 */
public final class FolderWriter {
  private static final int MOST_FILES = 1_000_000;

  private final Path folder;
  private final long maxBytes;
  private final WorkDeadline deadline;
  private long bytes;
  private int files;

  /** Writes into an existing folder. */
  public FolderWriter(Path folder, long maxBytes, WorkDeadline deadline) throws IOException {
    this.folder = folder.toRealPath();
    this.maxBytes = maxBytes;
    this.deadline = deadline;
  }

  /** A path in the folder, whose parents are there. */
  public Path place(String name) throws IOException {
    Path path = inside(name);
    checkNoLinks(path);
    Files.createDirectories(path.getParent() == null ? folder : path.getParent());
    return path;
  }

  /** A path in the folder; a leading slash counts as the folder. */
  Path inside(String name) {
    try {
      Path relative = Path.of(name.replaceFirst("^/+", ""));
      Path path = folder.resolve(relative).normalize();
      for (Path part : relative) {
        if (part.toString().equals("..")) {
          throw new RunFailure("'" + name + "' leads out of the folder; nothing is written there");
        }
      }
      return path;
    } catch (InvalidPathException e) {
      throw new RunFailure("'" + name.replace('\0', '?') + "' is no name of a file", e);
    }
  }

  /** Before anything is made, because folders would be made through a link, too. */
  private void checkNoLinks(Path path) {
    for (Path at = path;
        !at.equals(folder);
        at = java.util.Objects.requireNonNull(at.getParent())) {
      if (Files.isSymbolicLink(at)) {
        throw new RunFailure(
            "'" + folder.relativize(at) + "' is a link; nothing is written through it");
      }
    }
  }

  /** Makes a folder. */
  void folder(String name) throws IOException {
    countFile(name);
    Path path = inside(name);
    checkNoLinks(path);
    Files.createDirectories(path);
  }

  /** Copies a stream into a file, which it replaces. */
  public Path write(String name, InputStream from) throws IOException {
    countFile(name);
    Path path = place(name);
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      throw new RunFailure("'" + name + "' is a folder already; it cannot become a file");
    }
    try (OutputStream to =
        Files.newOutputStream(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS)) {
      byte[] buffer = new byte[1 << 16];
      for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
        bytes += read;
        if (bytes > maxBytes) {
          throw new RunFailure(
              "'"
                  + name
                  + "' exceeds the limit of "
                  + maxBytes
                  + " bytes for all content together");
        }
        to.write(buffer, 0, read);
        deadline.check();
      }
    }
    return path;
  }

  private void countFile(String name) {
    files++;
    if (files > MOST_FILES) {
      throw new RunFailure("'" + name + "' is one more than " + MOST_FILES + " files");
    }
    deadline.check();
  }
}
