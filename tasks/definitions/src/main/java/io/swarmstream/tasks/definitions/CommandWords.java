package io.swarmstream.tasks.definitions;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Splits a command into words as a POSIX shell does, without variables, globs or operators. */
public final class CommandWords {
  private CommandWords() {}

  /**
   * The words of a text.
   *
   * @throws IllegalArgumentException when a quote is not closed
   */
  public static List<String> split(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean isWord = false;
    char quote = 0;
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (quote == 0 && Character.isWhitespace(c)) {
        if (isWord) {
          words.add(word.toString());
          word.setLength(0);
          isWord = false;
        }
        continue;
      }
      isWord = true;
      if (c == quote) {
        quote = 0;
      } else if (quote == 0 && (c == '"' || c == '\'')) {
        quote = c;
      } else if (c == '\\'
          && quote != '\''
          && at + 1 < text.length()
          && isEscape(text, at, quote)) {
        at++;
        word.append(text.charAt(at));
      } else {
        word.append(c);
      }
    }
    if (quote != 0) {
      throw new IllegalArgumentException("the quote " + quote + " is not closed");
    }
    if (isWord) {
      words.add(word.toString());
    }
    return words;
  }

  private static boolean isEscape(String text, int at, char quote) {
    return quote == 0 || "\"\\$`".indexOf(text.charAt(at + 1)) >= 0;
  }

  /** A text that {@link #split} splits into these words. */
  public static String join(List<String> words) {
    return words.stream()
        .map(
            word ->
                word.matches("[A-Za-z0-9_./=:@%+,-]+")
                    ? word
                    : "'" + word.replace("'", "'\\''") + "'")
        .collect(Collectors.joining(" "));
  }
}
