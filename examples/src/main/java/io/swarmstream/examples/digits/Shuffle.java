package io.swarmstream.examples.digits;

import java.util.SplittableRandom;

/** A uniform shuffle whose outcome depends on its source of randomness alone, whatever the JDK. */
final class Shuffle {
  private Shuffle() {}

  static void inPlace(int[] values, SplittableRandom random) {
    for (int i = values.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swap = values[i];
      values[i] = values[j];
      values[j] = swap;
    }
  }
}
