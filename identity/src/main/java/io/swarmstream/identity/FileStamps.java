package io.swarmstream.identity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What tells whether files have changed. Includes the file key (the inode), because a replaced file
 * may have the same size and, within the clock's resolution, the same time.
 */
record FileStamps(List<Stamp> stamps) {
  /** All null if the file does not exist. */
  record Stamp(@Nullable FileTime modified, long size, @Nullable Object fileKey) {}

  static FileStamps of(List<Path> files) {
    return new FileStamps(files.stream().map(FileStamps::of).toList());
  }

  private static Stamp of(Path file) {
    try {
      BasicFileAttributes at = Files.readAttributes(file, BasicFileAttributes.class);
      return new Stamp(at.lastModifiedTime(), at.size(), at.fileKey());
    } catch (IOException e) {
      return new Stamp(null, -1, null);
    }
  }
}
