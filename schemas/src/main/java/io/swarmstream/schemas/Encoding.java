package io.swarmstream.schemas;

import io.swarmstream.schemas.encoding.BFloat16;
import io.swarmstream.schemas.encoding.Codec;
import io.swarmstream.schemas.encoding.Float16;
import io.swarmstream.schemas.encoding.Float32;
import io.swarmstream.schemas.encoding.Int8;
import io.swarmstream.schemas.encoding.PayloadFlaw;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * How the payload of a delta chunk encodes values; one of the terms of a training. The values that
 * are merged, and the merged model, are float32 under every encoding.
 */
public enum Encoding {
  /** The values unchanged. */
  FLOAT32(new Float32()),
  /** IEEE 754 half precision, little endian: 11 significant bits, at most 65,504. */
  FLOAT16(new Float16()),
  /** The upper half of a float32, little endian: 8 significant bits, the same range as float32. */
  BFLOAT16(new BFloat16()),
  /** Blocks of {@value Int8#BLOCK_VALUES} values, each block with its own scale. */
  INT8(new Int8());

  @SuppressWarnings("ImmutableEnumChecker") // none of them has a field
  private final Codec codec;

  Encoding(Codec codec) {
    this.codec = codec;
  }

  /** Returns the name of the encoding in terms and in delta chunks. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the encoding of a code; empty for a code that this version does not know. */
  public static Optional<Encoding> ofCode(String code) {
    return Arrays.stream(values()).filter(each -> each.code().equals(code)).findFirst();
  }

  /**
   * Returns the encoding of a code.
   *
   * @throws IllegalArgumentException if this version does not know the code; the message names the
   *     known codes
   */
  public static Encoding named(String code) {
    return ofCode(code)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "encoding \""
                        + code
                        + "\" is not known here; known are "
                        + Arrays.stream(values()).map(Encoding::code).toList()));
  }

  /** Whether decoding can return values that differ from the encoded ones. */
  public boolean isLossy() {
    return this != FLOAT32;
  }

  /** Returns the largest value that can be encoded; its negative is the smallest. */
  public float largest() {
    return codec.largest();
  }

  /** Returns the length in bytes of a payload of this many values. */
  public int bytes(int values) {
    return codec.bytes(values);
  }

  /**
   * Encodes values. Rounds each to the nearest encodable value, ties to even, with the same bits on
   * every machine.
   *
   * @param values finite, none beyond {@link #largest()}
   */
  public byte[] encode(float[] values) {
    byte[] payload = new byte[bytes(values.length)];
    codec.encode(values, payload);
    return payload;
  }

  /**
   * Decodes a payload.
   *
   * @throws IllegalArgumentException if no number of values encodes to this many bytes
   */
  public float[] decode(byte[] payload) {
    int count = codec.values(payload.length);
    if (count < 0) {
      throw new IllegalArgumentException(
          payload.length + " bytes are not a whole number of " + code() + " values");
    }
    float[] values = new float[count];
    codec.decode(payload, values);
    return values;
  }

  /**
   * Returns the flaw that makes, or might make, values of the payload non-finite. Empty as well if
   * the payload's length matches no number of values.
   */
  public Optional<PayloadFlaw> flaw(byte[] payload) {
    return codec.values(payload.length) < 0 ? Optional.empty() : codec.flaw(payload);
  }
}
