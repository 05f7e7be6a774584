package io.swarmstream.schemas.masking;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;

/**
 * Values as integers modulo 2^32: a value times its site's weight times 2^{@code exponent}, to the
 * nearest integer, ties to even. The exponent is the largest with which no sum over a cohort leaves
 * the range of an int.
 *
 * @param exponent of the scale, a power of two
 */
public record FixedPoint(int exponent) {
  /**
   * Returns the finest scale of a cohort.
   *
   * @param range greatest magnitude of a value
   * @param weightLimit the most that the weights of the cohort can sum to, at least 1
   * @param members of the cohort; each may round by half a step, and once more in its product
   */
  static FixedPoint of(double range, long weightLimit, int members) {
    double most = (Integer.MAX_VALUE - (double) members) / (range * weightLimit);
    return new FixedPoint(Math.getExponent(most));
  }

  /** Encodes a delta; no value is above the range. */
  int[] encode(float[] values, int weight) {
    int[] encoded = new int[values.length];
    double scale = Math.scalb(1.0, exponent); // exact, and so is a product with it
    for (int i = 0; i < values.length; i++) {
      encoded[i] = (int) Math.rint((double) values[i] * weight * scale);
    }
    return encoded;
  }

  /**
   * Returns the weighted mean.
   *
   * @param sum of encoded values, not masked any more
   * @param weight sum of the weights of those who are in, above 0
   */
  float[] mean(int[] sum, long weight) {
    float[] mean = new float[sum.length];
    double scale = Math.scalb(1.0, -exponent);
    for (int i = 0; i < sum.length; i++) {
      mean[i] = (float) (sum[i] * scale / weight);
    }
    return mean;
  }

  /** Returns integers as a payload, little endian. */
  static byte[] payload(int[] values) {
    ByteBuffer payload =
        ByteBuffer.allocate(values.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    payload.asIntBuffer().put(values);
    return payload.array();
  }

  /** Adds the integers of a payload to a sum of the same length, modulo 2^32. */
  static void add(byte[] payload, int[] sum) {
    IntBuffer values = ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
    if (values.remaining() != sum.length) {
      throw new IllegalArgumentException(
          "a masked payload has " + values.remaining() + " values, the chunk has " + sum.length);
    }
    int[] summand = new int[sum.length];
    values.get(summand);
    for (int i = 0; i < sum.length; i++) {
      sum[i] += summand[i];
    }
  }
}
