package io.swarmstream.shell.grammar;

import java.util.Optional;

/**
 * Reads the words of one line. Words are separated by blanks; {@code '…'} and {@code "…"} keep
 * blanks, in the latter {@code \} before a quote or another {@code \} takes it as it is. {@code #}
 * at the beginning of a word begins a comment.
 */
final class LineReading {
  private final String line;

  LineReading(String line) {
    this.line = line;
  }

  String line() {
    return line;
  }

  /** The index of the next word, or of the end. */
  int skipBlanks(int from) {
    int at = from;
    while (at < line.length() && Character.isWhitespace(line.charAt(at))) {
      at++;
    }
    return at < line.length() && line.charAt(at) == '#' ? line.length() : at;
  }

  /**
   * The next word; empty at the end of the line.
   *
   * @throws SyntaxException when a quote is not closed
   */
  Optional<Token> next(int from) {
    int start = skipBlanks(from);
    if (start == line.length()) {
      return Optional.empty();
    }
    StringBuilder text = new StringBuilder();
    boolean isQuoted = false;
    int at = start;
    while (at < line.length() && !Character.isWhitespace(line.charAt(at))) {
      char c = line.charAt(at);
      if (c == '"' || c == '\'') {
        isQuoted = true;
        at = quoted(at, text);
      } else {
        text.append(c);
        at++;
      }
    }
    return Optional.of(new Token(text.toString(), start, at, isQuoted));
  }

  /** Appends what is between quotes; returns the index after the second one. */
  private int quoted(int open, StringBuilder text) {
    char quote = line.charAt(open);
    for (int at = open + 1; at < line.length(); at++) {
      char c = line.charAt(at);
      if (c == quote) {
        return at + 1;
      }
      if (c == '\\' && quote == '"' && at + 1 < line.length() && isEscaped(line.charAt(at + 1))) {
        at++;
      }
      text.append(line.charAt(at));
    }
    throw new SyntaxException(open + 1, "this quote is not closed; add a " + quote);
  }

  private static boolean isEscaped(char c) {
    return c == '"' || c == '\\';
  }

  /**
   * All that follows one blank, as it is; what is wholly quoted comes without its quotes. Empty
   * when nothing follows.
   */
  Optional<Token> rest(int from) {
    int end = line.stripTrailing().length();
    if (from >= end) {
      return Optional.empty();
    }
    int first = from;
    while (Character.isWhitespace(line.charAt(first))) {
      first++;
    }
    if (line.charAt(first) == '"' || line.charAt(first) == '\'') {
      StringBuilder text = new StringBuilder();
      try {
        if (quoted(first, text) == end) {
          return Optional.of(new Token(text.toString(), first, end, true));
        }
      } catch (SyntaxException e) {
        // An apostrophe of the text itself.
      }
    }
    int start = from + 1;
    return Optional.of(new Token(line.substring(start, end), start, end, false));
  }
}
