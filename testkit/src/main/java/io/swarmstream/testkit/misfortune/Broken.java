package io.swarmstream.testkit.misfortune;

/** Reports that a guarantee does not hold. */
final class Broken {
  private Broken() {}

  /** Throws with the formatted message unless the guarantee holds. */
  @SuppressWarnings("AnnotateFormatMethod") // every caller is in this package
  static void unless(boolean holds, String words, Object... values) {
    if (!holds) {
      throw new AssertionError(words.formatted(values));
    }
  }
}
