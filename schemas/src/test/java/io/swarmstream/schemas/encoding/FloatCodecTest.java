package io.swarmstream.schemas.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FloatCodecTest {
  private static final int[] CORNERS = {
    0x00000000, // 0
    0x80000000, // -0
    0x00000001, // smallest subnormal
    0x807fffff, // largest subnormal, negative
    0x00800000, // smallest normal
    0x7f7fffff, // largest finite
    0x7f800000, // infinity
    0xff800000, // -infinity
    0x7fc00000, // NaN
    0x7fc12345, // NaN with a payload
    0xffc00001, // negative NaN
    0x7f800001 // signalling NaN
  };

  @Test
  void writesLittleEndian() {
    assertThat(FloatCodec.encode(new float[] {1f, -2.5f}))
        .containsExactly(0, 0, 0x80, 0x3f, 0, 0, 0x20, 0xc0);
  }

  @Test
  void readsTheBitsOfEveryKindOfValue() {
    byte[] bytes = new byte[CORNERS.length * 4];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (CORNERS[i / 4] >>> (8 * (i % 4)));
    }

    float[] values = FloatCodec.decode(bytes);

    for (int i = 0; i < CORNERS.length; i++) {
      assertThat(Float.floatToRawIntBits(values[i])).isEqualTo(CORNERS[i]);
    }
    assertThat(FloatCodec.encode(values)).isEqualTo(bytes);
  }

  @Test
  void keepsRandomBits() {
    byte[] bytes = new byte[40_000];
    new Random(5).nextBytes(bytes);

    assertThat(FloatCodec.encode(FloatCodec.decode(bytes))).isEqualTo(bytes);
  }

  @Test
  void codesARangeOfALongerVector() {
    float[] vector = {1, 2, 3, 4, 5};
    float[] into = new float[5];

    FloatCodec.decode(FloatCodec.encode(vector, 1, 3), into, 2);

    assertThat(into).containsExactly(0, 0, 2, 3, 4);
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void findsTheFirstValueThatIsNotFinite(float bad) {
    float[] values = new float[9];
    for (int at = values.length - 1; at >= 0; at--) {
      values[at] = bad;
      assertThat(FloatCodec.firstNonFinite(FloatCodec.encode(values))).isEqualTo(at);
    }
  }

  /** Values are inspected in blocks; the last ones one by one. */
  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void findsTheFirstNonFiniteValueOfManyBlocks(float bad) {
    float[] values = new float[3 * 256 + 5];
    Arrays.fill(values, -Float.MAX_VALUE);
    assertThat(FloatCodec.firstNonFinite(FloatCodec.encode(values))).isEqualTo(-1);
    values[values.length - 1] = bad;
    for (int at = values.length - 1; at >= 0; at--) {
      values[at] = bad;
      assertThat(FloatCodec.firstNonFinite(FloatCodec.encode(values))).isEqualTo(at);
    }
  }

  @Test
  void findsNothingWrongWithFiniteValues() {
    float[] extremes = {Float.MAX_VALUE, -Float.MAX_VALUE, Float.MIN_VALUE, -0f};

    assertThat(FloatCodec.firstNonFinite(FloatCodec.encode(extremes))).isEqualTo(-1);
    assertThat(FloatCodec.firstNonFinite(new byte[0])).isEqualTo(-1);
  }

  @Test
  void refusesBytesThatAreNotWholeValues() {
    assertThatThrownBy(() -> FloatCodec.decode(new byte[5]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("5 bytes");
    assertThatThrownBy(() -> FloatCodec.decode(new byte[3], new float[1], 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> FloatCodec.firstNonFinite(new byte[7]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
