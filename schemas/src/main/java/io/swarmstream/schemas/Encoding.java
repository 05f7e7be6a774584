package io.swarmstream.schemas;

import io.swarmstream.schemas.encoding.BFloat16;
import io.swarmstream.schemas.encoding.Codec;
import io.swarmstream.schemas.encoding.Float16;
import io.swarmstream.schemas.encoding.Float32;
import io.swarmstream.schemas.encoding.Int4;
import io.swarmstream.schemas.encoding.Int8;
import io.swarmstream.schemas.encoding.MaskedIntegers;
import io.swarmstream.schemas.encoding.TopK;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The kinds of encodings of payloads: what is needed to decode one. {@link DeltaEncoding} is an
 * encoding in full, with its parameter if the kind has one.
 *
 * <p>State of the job holds this enum, so its name and its constants stay.
 */
public enum Encoding {
  /** The values unchanged. */
  FLOAT32(new Float32()),
  /** IEEE 754 half precision, little endian: 11 significant bits, at most 65,504. */
  FLOAT16(new Float16()),
  /** The upper half of a float32, little endian: 8 significant bits, the same range as float32. */
  BFLOAT16(new BFloat16()),
  /** Blocks of {@value Int8#BLOCK_VALUES} values, each block with its own scale. */
  INT8(new Int8()),
  /** Blocks of {@value Int4#BLOCK_VALUES} values, each block with its own scale. */
  INT4(new Int4()),
  /** The largest values only; how many is the parameter of {@link DeltaEncoding}. */
  TOPK(new TopK(DeltaEncoding.MAX_SHARE)),
  /** Integers under masks, which only their sum is without. No term, but what masked terms mean. */
  MASKED(new MaskedIntegers());

  @SuppressWarnings("ImmutableEnumChecker") // none of them has a field that changes
  private final Codec codec;

  Encoding(Codec codec) {
    this.codec = codec;
  }

  /** Returns the first word of the codes of this kind. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  Codec codec() {
    return codec;
  }

  /**
   * Decodes a payload.
   *
   * @param payload one that has no flaw in the {@link DeltaEncoding} of its terms
   * @throws IllegalArgumentException if no number of values encodes to this many bytes
   */
  public float[] decode(byte[] payload) {
    int count = this == TOPK ? TopK.claimedValues(payload) : codec.values(payload);
    if (count < 0) {
      throw new IllegalArgumentException(
          payload.length + " bytes are not a whole number of " + word() + " values");
    }
    float[] values = new float[count];
    codec.decode(payload, values);
    return values;
  }

  /** Returns the kind with this word in its codes. */
  static Optional<Encoding> ofWord(String word) {
    return Arrays.stream(values()).filter(each -> each.word().equals(word)).findFirst();
  }
}
