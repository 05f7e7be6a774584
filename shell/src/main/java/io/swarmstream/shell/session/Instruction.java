package io.swarmstream.shell.session;

import org.jspecify.annotations.Nullable;

/** One kind of line that the shell understands. */
public interface Instruction {
  /** Its syntax and what it does. */
  About about();

  /**
   * Does it.
   *
   * @return the result for programs, a record or a list; null: there is nothing but the lines
   * @throws Exception when it failed; its message goes to the user
   */
  @Nullable Object run(ShellCall call) throws Exception;
}
