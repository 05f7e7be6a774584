package io.swarmstream.tasks.docker;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Packs a folder for an engine. */
final class TarFile {
  private static final int EXECUTABLE = 0755;
  private static final int PLAIN = 0644;

  private TarFile() {}

  /** Packs all files and folders, without links. */
  static void pack(Path folder, Path target) throws IOException {
    try (TarArchiveOutputStream tar =
            new TarArchiveOutputStream(new BufferedOutputStream(Files.newOutputStream(target)));
        Stream<Path> files = Files.walk(folder)) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
      for (Path file : files.sorted().toList()) {
        String name = folder.relativize(file).toString();
        if (name.isEmpty() || Files.isSymbolicLink(file)) {
          continue;
        }
        boolean isFolder = Files.isDirectory(file);
        TarArchiveEntry entry = new TarArchiveEntry(isFolder ? name + "/" : name);
        entry.setMode(isFolder || Files.isExecutable(file) ? EXECUTABLE : PLAIN);
        entry.setSize(isFolder ? 0 : Files.size(file));
        tar.putArchiveEntry(entry);
        if (!isFolder) {
          Files.copy(file, tar);
        }
        tar.closeArchiveEntry();
      }
    }
  }
}
