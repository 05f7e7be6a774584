package io.swarmstream.examples.digits;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The order in which a site's samples enter its mini-batches: a new shuffle for every epoch.
 *
 * <p>Batches are always full: one that reaches the end of an epoch is filled up from the start of
 * the next. With a tail batch or a dropped tail, the samples of small sites would count differently
 * from those of large ones.
 */
final class BatchOrder {
  private final int[] samples;
  private final SplittableRandom random;
  private int next;

  BatchOrder(int size, long seed) {
    this.samples = new int[size];
    Arrays.setAll(samples, i -> i);
    this.random = new SplittableRandom(seed);
    shuffle();
  }

  int[] next(int count) {
    int[] batch = new int[count];
    for (int i = 0; i < count; i++) {
      if (next == samples.length) {
        shuffle();
      }
      batch[i] = samples[next++];
    }
    return batch;
  }

  private void shuffle() {
    Shuffle.inPlace(samples, random);
    next = 0;
  }
}
