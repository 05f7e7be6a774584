package io.swarmstream.testkit.misfortune;

/** Says that a guarantee does not hold. */
final class Broken {
  private Broken() {}

  /** Fails with the words, formatted, unless the guarantee holds. */
  @SuppressWarnings("AnnotateFormatMethod") // every caller is in this package
  static void unless(boolean holds, String words, Object... values) {
    if (!holds) {
      throw new AssertionError(words.formatted(values));
    }
  }
}
