package io.swarmstream.tasks.definitions;

/** Something in a definition that is probably not what its author meant. */
public record DefinitionWarning(String source, int line, int column, String text) {
  /** The warning as a line for people. */
  @Override
  public String toString() {
    return source + ":" + line + ":" + column + ": " + text;
  }
}
