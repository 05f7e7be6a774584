package io.swarmstream.cli.bench;

import io.swarmstream.schemas.FlatVector;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * What a site without a trainer contributes: the model it received plus a seeded delta, made as it
 * is read, so that nothing of the model's size is held.
 */
final class Drift implements FlatVector {
  private static final int NOISE = 1 << 16;

  private final @Nullable FlatVector base;
  private final float[] noise;
  private final long shift;

  private Drift(@Nullable FlatVector base, float[] noise, long shift) {
    this.base = base;
    this.noise = noise;
    this.shift = shift;
  }

  /** A site's noise, for all its rounds. */
  static float[] noise(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] noise = new float[NOISE];
    for (int i = 0; i < NOISE; i++) {
      noise[i] = (float) random.nextDouble(-0.01, 0.01);
    }
    return noise;
  }

  /** The weights of a round; {@code base} is null before round 0. */
  static Drift of(@Nullable FlatVector base, float[] noise, long round) {
    return new Drift(base, noise, round * 7919);
  }

  @Override
  public void read(long from, float[] into, int count) {
    int at = (int) ((from + shift) & (NOISE - 1));
    if (base == null) {
      for (int i = 0; i < count; i++) {
        into[i] = noise[(at + i) & (NOISE - 1)];
      }
      return;
    }
    base.read(from, into, count);
    for (int i = 0; i < count; i++) {
      into[i] += noise[(at + i) & (NOISE - 1)];
    }
  }
}
