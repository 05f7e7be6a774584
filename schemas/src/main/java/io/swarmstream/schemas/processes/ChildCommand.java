package io.swarmstream.schemas.processes;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the command of a child process that ends with its parent, even when the parent is killed
 * and can stop nothing.
 *
 * <p>Linux has a signal for the death of a parent, but it fires when the parent's <em>thread</em>
 * ends that started the child, and other systems do not have it. So a shell looks after both once a
 * second and terminates the child when the parent is gone. The child keeps its process ID, because
 * the shell that starts it replaces itself.
 */
public final class ChildCommand {
  private static final Path SHELL = Path.of("/bin/sh");

  /** The subshell must not hold the child's pipes open, or the parent would wait for their end. */
  private static final String SCRIPT =
      "umask 077; parent=$1; shift; child=$$;"
          + " (while kill -0 $parent; do kill -0 $child || exit; sleep 1; done; kill $child)"
          + " </dev/null >/dev/null 2>&1 & exec \"$@\"";

  private ChildCommand() {}

  /**
   * Returns the command of a child of this process. The child creates files that only this user can
   * access. Without a POSIX shell, the command stays the same.
   */
  public static List<String> of(List<String> command) {
    if (!Files.isExecutable(SHELL)) {
      return command;
    }
    String parent = Long.toString(ProcessHandle.current().pid());
    List<String> all = new ArrayList<>(List.of(SHELL.toString(), "-c", SCRIPT, "sh", parent));
    all.addAll(command);
    return all;
  }
}
