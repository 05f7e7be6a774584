package io.swarmstream.schemas.encoding;

import io.swarmstream.schemas.rounds.RejectionReason;
import java.util.Optional;

/**
 * The encoding {@code int4}: blocks of {@value #BLOCK_VALUES} values; the last block holds the
 * rest. A block is a {@link BlockScale}, then half a byte per value, the lower half first; the
 * value is the scale times the half, -7 to 7 in two's complement. With an odd number of values the
 * last half is -8, which is no value, so that a payload says how many it has.
 *
 * <p>Each block has a value of 7 or -7 steps, and a block of zeros has scale zero. Bytes that break
 * these rules are refused, so that there is one payload for the values that are merged.
 *
 * <p>A large value makes the other values of its block coarse, so blocks are short. At this length,
 * the scales add 3.1 % to the payload.
 */
public final class Int4 implements Codec {
  public static final int BLOCK_VALUES = 128;

  private static final int BLOCK_BYTES = BlockScale.BYTES + BLOCK_VALUES / 2;
  private static final int HALF_BITS = 4;
  private static final int NO_VALUE = -8;
  private static final int LOWER = 0xf;

  @Override
  public float largest() {
    return BlockScale.LARGEST * BlockScale.STEPS;
  }

  @Override
  public int bytes(int values) {
    int blocks = values / BLOCK_VALUES + (values % BLOCK_VALUES > 0 ? 1 : 0);
    return blocks * BlockScale.BYTES + values / 2 + values % 2;
  }

  @Override
  public int values(byte[] payload) {
    int rest = payload.length % BLOCK_BYTES;
    if (rest > 0 && rest <= BlockScale.BYTES) {
      return -1;
    }
    int even =
        payload.length / BLOCK_BYTES * BLOCK_VALUES + Math.max(0, rest - BlockScale.BYTES) * 2;
    boolean odd = even > 0 && payload[payload.length - 1] >> HALF_BITS == NO_VALUE;
    return odd ? even - 1 : even;
  }

  @Override
  public void encode(float[] values, byte[] payload) {
    int at = 0;
    for (int from = 0; from < values.length; from += BLOCK_VALUES) {
      int to = Math.min(values.length, from + BLOCK_VALUES);
      float scale = BlockScale.of(values, from, to);
      BlockScale.write(scale, payload, at);
      at += BlockScale.BYTES;
      for (int i = from; i < to; i += 2) {
        int lower = steps(values[i], scale);
        int upper = i + 1 < to ? steps(values[i + 1], scale) : NO_VALUE;
        payload[at++] = (byte) ((upper << HALF_BITS) | (lower & LOWER));
      }
    }
  }

  private static int steps(float value, float scale) {
    return scale > 0 ? BlockScale.steps(value, scale) : 0;
  }

  @Override
  public void decode(byte[] payload, float[] values) {
    int at = 0;
    for (int from = 0; from < values.length; from += BLOCK_VALUES) {
      int to = Math.min(values.length, from + BLOCK_VALUES);
      float scale = BlockScale.read(payload, at);
      at += BlockScale.BYTES;
      for (int i = from; i < to; i++) {
        values[i] = half(payload, at, i - from) * scale;
      }
      at += (to - from + 1) / 2;
    }
  }

  /** Returns one of the halves that begin at a byte, with its sign. */
  private static int half(byte[] payload, int at, int index) {
    byte both = payload[at + index / 2];
    return index % 2 == 0 ? (byte) (both << HALF_BITS) >> HALF_BITS : both >> HALF_BITS;
  }

  @Override
  public Optional<PayloadFlaw> flaw(byte[] payload) {
    int count = values(payload);
    int at = 0;
    for (int from = 0; from < count; from += BLOCK_VALUES) {
      int to = Math.min(count, from + BLOCK_VALUES);
      float scale = BlockScale.read(payload, at);
      at += BlockScale.BYTES;
      if (!BlockScale.isLegal(scale)) {
        return Optional.of(badScale(from, scale));
      }
      int most = 0;
      for (int i = from; i < to; i++) {
        int steps = half(payload, at, i - from);
        if (steps == NO_VALUE) {
          return Optional.of(
              PayloadFlaw.notCanonical(i, "is -8 steps; the encoder writes -7 to 7 of them"));
        }
        most = Math.max(most, Math.abs(steps));
      }
      int should = scale > 0 ? BlockScale.STEPS : 0;
      if (most != should) {
        return Optional.of(
            PayloadFlaw.notCanonical(
                from,
                "begins a block whose scale is "
                    + scale
                    + " and whose largest value is "
                    + most
                    + " steps; the encoder makes that "
                    + should));
      }
      at += (to - from + 1) / 2;
    }
    return Optional.empty();
  }

  private static PayloadFlaw badScale(int value, float scale) {
    return new PayloadFlaw(
        RejectionReason.BAD_SCALE,
        value,
        "is in a block whose scale is "
            + scale
            + ", a scale is 0 or "
            + BlockScale.LEAST
            + " to "
            + BlockScale.LARGEST
            + "; divide the block's largest value by "
            + BlockScale.STEPS);
  }
}
