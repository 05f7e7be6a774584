package io.swarmstream.local.processes;

import java.nio.file.FileSystems;
import java.util.ArrayList;
import java.util.List;

/** Makes commands create files that only this user can read and write. */
final class PrivateCommand {
  private PrivateCommand() {}

  /**
   * The same command with a umask of 077. The process ID stays the same: the shell replaces itself.
   */
  static List<String> of(List<String> command) {
    if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      return command;
    }
    List<String> all = new ArrayList<>(List.of("/bin/sh", "-c", "umask 077; exec \"$@\"", "sh"));
    all.addAll(command);
    return all;
  }
}
