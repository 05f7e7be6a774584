package io.swarmstream.merge;

/** Rounds to float32 without overflow. */
final class Bounded {
  private Bounded() {}

  /**
   * Returns the nearest float32; the largest one for anything beyond. An infinity in a model would
   * end the training for everybody.
   */
  static float float32(double value) {
    return (float) Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, value));
  }
}
