package io.swarmstream.shell.task;

/** Reads definitions of tasks. */
public interface TaskReader {
  /**
   * Reads a definition.
   *
   * @param source name of the file, for messages
   * @throws IllegalArgumentException naming line, column and field of what is wrong
   */
  TaskFile read(String source, String text);
}
