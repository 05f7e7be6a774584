package io.swarmstream.tasks.definitions;

/** A definition cannot be used; the message begins with {@code FILE:LINE:COLUMN}. */
public final class DefinitionException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final int line;
  private final int column;

  DefinitionException(String source, int line, int column, String problem) {
    super(source + ":" + line + ":" + column + ": " + problem);
    this.line = line;
    this.column = column;
  }

  /** Line of the problem, from 1. */
  public int line() {
    return line;
  }

  /** Column of the problem, from 1. */
  public int column() {
    return column;
  }
}
