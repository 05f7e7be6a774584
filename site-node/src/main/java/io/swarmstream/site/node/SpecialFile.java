package io.swarmstream.site.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Kinds of files that programs talk through. */
public enum SpecialFile {
  NAMED_PIPE(0x1000),
  SOCKET(0xC000);

  /** The bits of a file's mode that say its kind. */
  private static final int KIND = 0xF000;

  private final int mode;

  SpecialFile(int mode) {
    this.mode = mode;
  }

  /** Whether a file is of this kind itself; a link to one is not. */
  public boolean is(Path file) throws IOException {
    return Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS) instanceof Integer found
        && (found & KIND) == mode;
  }
}
