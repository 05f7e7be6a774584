package io.swarmstream.site.internal;

import java.util.regex.Pattern;

/**
 * A pattern of names, as Python's {@code fnmatch.fnmatchcase} reads it: sites in both languages
 * choose the same tensors with it.
 */
public final class NamePattern {
  private final Pattern pattern;

  private NamePattern(Pattern pattern) {
    this.pattern = pattern;
  }

  /**
   * Reads a pattern; every text is one.
   *
   * @param text {@code *} is any characters, {@code ?} one, {@code [a-z]} one of these, {@code
   *     [!a-z]} one of the others; a bracket that is not closed stands for itself
   */
  public static NamePattern of(String text) {
    int[] of = text.codePoints().toArray();
    StringBuilder regex = new StringBuilder();
    int at = 0;
    while (at < of.length) {
      int close = of[at] == '[' ? closing(of, at) : -1;
      if (close > 0) {
        regex.append(oneOf(of, at + 1, close));
        at = close + 1;
        continue;
      }
      regex.append(of[at] == '*' ? ".*" : of[at] == '?' ? "." : literal(of[at]));
      at++;
    }
    return new NamePattern(Pattern.compile(regex.toString(), Pattern.DOTALL));
  }

  /** Whether the pattern stands for all of a name. */
  public boolean matches(String name) {
    return pattern.matcher(name).matches();
  }

  /** Where the bracket that opens at an index is closed; -1: nowhere. */
  private static int closing(int[] of, int open) {
    int at = open + 1;
    at += at < of.length && of[at] == '!' ? 1 : 0;
    at++; // a bracket that comes first is one of the characters
    while (at < of.length && of[at] != ']') {
      at++;
    }
    return at < of.length ? at : -1;
  }

  private static String oneOf(int[] of, int from, int to) {
    boolean isNegated = of[from] == '!';
    StringBuilder set = new StringBuilder();
    for (int at = from + (isNegated ? 1 : 0); at < to; at++) {
      int last = of[at];
      int first = of[at];
      if (at + 2 < to && of[at + 1] == '-') {
        at += 2;
        last = of[at];
      }
      if (first <= last) { // else the range is empty
        set.append(literal(first)).append('-').append(literal(last));
      }
    }
    if (set.isEmpty()) {
      return isNegated ? "." : "(?!)";
    }
    return (isNegated ? "[^" : "[") + set + "]";
  }

  private static String literal(int codePoint) {
    return "\\x{%x}".formatted(codePoint);
  }
}
