package io.swarmstream.shell.grammar;

/** A line that is no command; says where, and what would be right. */
public final class SyntaxException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int column;
  private final String problem;

  /**
   * A problem.
   *
   * @param column counted from 1
   */
  public SyntaxException(int column, String problem) {
    super("column " + column + ": " + problem);
    this.column = column;
    this.problem = problem;
  }

  /** Counted from 1. */
  public int column() {
    return column;
  }

  /** The message without its place. */
  public String problem() {
    return problem;
  }
}
