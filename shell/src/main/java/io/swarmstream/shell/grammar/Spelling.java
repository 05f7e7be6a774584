package io.swarmstream.shell.grammar;

import java.util.Locale;

/** How far a word is from the one that was probably meant. */
final class Spelling {
  private Spelling() {}

  /** Whether a word is probably a misspelling of another: a third of its letters are wrong. */
  static boolean isNear(String word, String meant) {
    return distance(word, meant) <= Math.max(1, meant.length() / 3);
  }

  /** Letters to change, add, leave out, or swap with their neighbour. */
  static int distance(String word, String meant) {
    String a = word.toUpperCase(Locale.ROOT);
    String b = meant.toUpperCase(Locale.ROOT);
    int[][] changes = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          changes[i][j] = i + j;
          continue;
        }
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        int least = changes[i - 1][j - 1] + (same ? 0 : 1);
        least = Math.min(least, Math.min(changes[i - 1][j], changes[i][j - 1]) + 1);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          least = Math.min(least, changes[i - 2][j - 2] + 1);
        }
        changes[i][j] = least;
      }
    }
    return changes[a.length()][b.length()];
  }
}
