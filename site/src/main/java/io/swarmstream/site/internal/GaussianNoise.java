package io.swarmstream.site.internal;

import io.swarmstream.schemas.signing.KeyStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/**
 * A vector of independent standard normal values, of any length, that follows from a key. Each
 * block of values has a stream of its own from AES in counter mode, so values can be read in any
 * pieces, and whoever lacks the key cannot tell them from chance. For one thread at a time.
 */
final class GaussianNoise {
  /** Bytes of a key. */
  static final int KEY_BYTES = 32;

  private static final int BLOCK_VALUES = 4096;

  private final byte[] key;
  private final double[] block = new double[BLOCK_VALUES];

  private boolean isForgotten;

  /** Which block is there; -1: none. */
  private long current = -1;

  GaussianNoise(byte[] key) {
    this.key = key.clone();
  }

  /**
   * Returns the value at an index.
   *
   * @throws IllegalStateException after {@link #forget}
   */
  double at(long index) {
    if (isForgotten) {
      throw new IllegalStateException("the noise of this round is forgotten");
    }
    long wanted = index / BLOCK_VALUES;
    if (wanted != current) {
      fill(wanted);
      current = wanted;
    }
    return block[(int) (index % BLOCK_VALUES)];
  }

  private void fill(long number) {
    ZigguratSampler.NormalizedGaussian sampler =
        ZigguratSampler.NormalizedGaussian.of(new BlockBits(key, number));
    for (int i = 0; i < BLOCK_VALUES; i++) {
      block[i] = sampler.sample();
    }
  }

  /** Forgets the key and the values; nothing can be read any more. */
  void forget() {
    isForgotten = true;
    Arrays.fill(key, (byte) 0);
    Arrays.fill(block, 0);
    current = -1;
  }

  /** The random bits of one block of values. */
  private static final class BlockBits implements UniformRandomProvider {
    private final KeyStream stream;
    private final byte[] bytes = new byte[8 * 1024];
    private final ByteBuffer bits = ByteBuffer.wrap(bytes).limit(0);

    BlockBits(byte[] key, long number) {
      stream = new KeyStream(key, number);
    }

    @Override
    public long nextLong() {
      if (!bits.hasRemaining()) {
        stream.next(bytes, bytes.length);
        bits.clear();
      }
      return bits.getLong();
    }
  }
}
