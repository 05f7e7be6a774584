package io.swarmstream.schemas.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BFloat16Test {
  @Test
  void decodesAll65536() {
    for (int upper = 0; upper < 0x8000; upper++) {
      int exponent = upper >> 7;
      int fraction = upper & 0x7f;
      double value =
          exponent == 0
              ? Math.scalb(fraction / 128.0, -126)
              : exponent < 255
                  ? Math.scalb(1 + fraction / 128.0, exponent - 127)
                  : fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
      assertThat(BFloat16.toFloat((short) upper)).isEqualTo(Float.valueOf((float) value));
      assertThat(BFloat16.toFloat((short) (upper | 0x8000)))
          .isEqualTo(Float.valueOf(-(float) value));
    }
  }

  @Test
  void takesTheEvenOneInTheMiddleOfTwoNeighboursAndTheNearerOneBesideIt() {
    for (int upper = 0; upper < 0x7f7f; upper++) {
      double low = BFloat16.toFloat((short) upper);
      float middle = (float) ((low + BFloat16.toFloat((short) (upper + 1))) / 2);
      assertRounded((float) low, upper);
      assertRounded(middle, upper + (upper & 1));
      assertRounded(Math.nextDown(middle), upper);
      assertRounded(Math.nextUp(middle), upper + 1);
    }
  }

  @Test
  void keepsNaNs() {
    for (int bits : new int[] {0x7f800001, 0x7fffffff, 0xff800001, 0xffffffff}) {
      assertThat(BFloat16.toFloat(BFloat16.ofFloat(Float.intBitsToFloat(bits)))).isNaN();
    }
  }

  private static void assertRounded(float value, int upper) {
    assertThat(BFloat16.ofFloat(value)).as("%s", value).isEqualTo((short) upper);
    assertThat(BFloat16.ofFloat(-value)).as("-%s", value).isEqualTo((short) (upper | 0x8000));
  }
}
