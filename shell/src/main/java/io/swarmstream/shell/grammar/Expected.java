package io.swarmstream.shell.grammar;

/**
 * What could stand at a place of a line.
 *
 * @param text as a message names it
 * @param kind of a value; {@link ValueKind#WORD} for keywords
 */
record Expected(String text, boolean isKeyword, ValueKind kind) {
  static Expected of(Syntax.Keyword keyword) {
    return new Expected(keyword.word(), true, ValueKind.WORD);
  }

  static Expected of(Syntax.Value value) {
    return new Expected("<" + value.name() + ">", false, value.kind());
  }

  static Expected of(Syntax.Value value, String wanted) {
    return new Expected("<" + value.name() + ">, " + wanted, false, value.kind());
  }

  static Expected end() {
    return new Expected("the end of the line", false, ValueKind.WORD);
  }
}
