package io.swarmstream.lab.bench;

import io.swarmstream.schemas.layout.FlatVector;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The contribution of a site without a trainer: the received model plus a seeded delta. It is
 * computed while it is read, so that nothing as large as the model is held in memory.
 */
final class SeededModel implements FlatVector {
  /** A prime, so that no two chunks of a model are equal, as in real models. */
  private static final int NOISE = 65_537;

  private final @Nullable FlatVector base;
  private final float[] noise;
  private final long shift;

  private SeededModel(@Nullable FlatVector base, float[] noise, long shift) {
    this.base = base;
    this.noise = noise;
    this.shift = shift;
  }

  /** Noise that a site uses in all its rounds. */
  static float[] noise(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] noise = new float[NOISE];
    for (int i = 0; i < NOISE; i++) {
      noise[i] = (float) random.nextDouble(-0.01, 0.01);
    }
    return noise;
  }

  /** The weights of a round; {@code base} is null before round 0. */
  static SeededModel of(@Nullable FlatVector base, float[] noise, long round) {
    return new SeededModel(base, noise, round * 7919);
  }

  @Override
  public void read(long from, float[] into, int count) {
    if (base == null) {
      Arrays.fill(into, 0, count, 0);
    } else {
      base.read(from, into, count);
    }
    int at = (int) ((from + shift) % NOISE);
    for (int done = 0; done < count; at = 0) {
      int length = Math.min(count - done, NOISE - at);
      add(at, length, into, done);
      done += length;
    }
  }

  private void add(int at, int length, float[] into, int to) {
    for (int i = 0; i < length; i++) {
      into[to + i] += noise[at + i];
    }
  }
}
