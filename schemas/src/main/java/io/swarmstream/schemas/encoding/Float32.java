package io.swarmstream.schemas.encoding;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** Adapts {@link FloatCodec} to a {@link Codec}. */
public final class Float32 implements Codec {
  @Override
  public float largest() {
    return Float.MAX_VALUE;
  }

  @Override
  public int bytes(int values) {
    return Math.multiplyExact(values, Float.BYTES);
  }

  @Override
  public int values(byte[] payload) {
    return payload.length % Float.BYTES == 0 ? payload.length / Float.BYTES : -1;
  }

  @Override
  public void encode(float[] values, byte[] payload) {
    ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
  }

  @Override
  public void decode(byte[] payload, float[] values) {
    FloatCodec.decode(payload, values, 0);
  }

  @Override
  public Optional<PayloadFlaw> flaw(byte[] payload) {
    int at = FloatCodec.firstNonFinite(payload);
    return at < 0
        ? Optional.empty()
        : Optional.of(
            PayloadFlaw.notFinite(
                at,
                ByteBuffer.wrap(payload)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .getFloat(at * Float.BYTES)));
  }
}
