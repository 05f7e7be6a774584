package io.swarmstream.schemas.encoding;

import java.util.Optional;

/**
 * Values as masked integers of 32 bits, little endian. One payload alone has no values: only the
 * sum of a round's has, so nothing here encodes or decodes.
 */
public final class MaskedIntegers implements Codec {
  private static final String ALONE = "a masked payload has no values by itself, only a sum has";

  @Override
  public float largest() {
    return Float.MAX_VALUE;
  }

  @Override
  public int bytes(int values) {
    return Math.multiplyExact(values, Integer.BYTES);
  }

  @Override
  public int values(byte[] payload) {
    return payload.length % Integer.BYTES == 0 ? payload.length / Integer.BYTES : -1;
  }

  @Override
  public void encode(float[] values, byte[] payload) {
    throw new UnsupportedOperationException(ALONE);
  }

  @Override
  public void decode(byte[] payload, float[] values) {
    throw new UnsupportedOperationException(ALONE);
  }

  @Override
  public Optional<PayloadFlaw> flaw(byte[] payload) {
    return Optional.empty();
  }
}
