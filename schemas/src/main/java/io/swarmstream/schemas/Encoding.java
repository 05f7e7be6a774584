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
 * How the payload of a delta chunk holds values; one of the terms of a training. What is merged,
 * and the merged model, are float32 whatever it is.
 */
public enum Encoding {
  /** As it is. */
  FLOAT32(new Float32()),
  /** IEEE 754 half, little endian: 11 significant bits, nothing beyond 65,504. */
  FLOAT16(new Float16()),
  /** The upper half of a float32, little endian: 8 significant bits, no other range. */
  BFLOAT16(new BFloat16()),
  /** Blocks of {@value Int8#BLOCK_VALUES} values, each with a scale of its own. */
  INT8(new Int8());

  @SuppressWarnings("ImmutableEnumChecker") // none of them has a field
  private final Codec codec;

  Encoding(Codec codec) {
    this.codec = codec;
  }

  /** How an encoding stands in terms and in delta chunks. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Empty for a code that this version does not know. */
  public static Optional<Encoding> ofCode(String code) {
    return Arrays.stream(values()).filter(each -> each.code().equals(code)).findFirst();
  }

  /**
   * The encoding of a code.
   *
   * @throws IllegalArgumentException when this version does not know it; names those that it does
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

  /** Whether values do not all come back as they were. */
  public boolean isLossy() {
    return this != FLOAT32;
  }

  /** The largest value that can be encoded, and its negative the least. */
  public float largest() {
    return codec.largest();
  }

  /** The one length that a payload of so many values has. */
  public int bytes(int values) {
    return codec.bytes(values);
  }

  /**
   * Encodes values, each rounded to the nearest that there is, to even in the middle: the same bits
   * on every machine.
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
   * @throws IllegalArgumentException when no number of values has that many bytes
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
   * What makes a payload hold values that are not finite, or might; empty as well for one whose
   * length is that of no payload.
   */
  public Optional<PayloadFlaw> flaw(byte[] payload) {
    return codec.values(payload.length) < 0 ? Optional.empty() : codec.flaw(payload);
  }
}
