package io.swarmstream.schemas.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class Float16Test {
  /** All that are finite and not negative, ascending, read off the standard's formula. */
  private static final double[] HALVES = new double[0x7c00];

  static {
    for (int half = 0; half < HALVES.length; half++) {
      int exponent = half >> 10;
      int fraction = half & 0x3ff;
      HALVES[half] =
          exponent == 0
              ? Math.scalb((double) fraction, -24)
              : Math.scalb(1 + fraction / 1024.0, exponent - 15);
    }
  }

  @Test
  void decodesAll65536() {
    for (int half = 0; half < 0x8000; half++) {
      double value =
          half < 0x7c00 ? HALVES[half] : half == 0x7c00 ? Double.POSITIVE_INFINITY : Double.NaN;
      assertThat(Float16.toFloat((short) half)).isEqualTo(Float.valueOf((float) value));
      assertThat(Float16.toFloat((short) (half | 0x8000))).isEqualTo(Float.valueOf(-(float) value));
    }
  }

  @Test
  void givesEachBackThatIsANumber() {
    for (int half = 0; half <= 0xffff; half++) {
      if ((half & 0x7fff) <= 0x7c00) {
        assertThat(Float16.ofFloat(Float16.toFloat((short) half))).isEqualTo((short) half);
      }
    }
  }

  @Test
  void takesTheEvenOneInTheMiddleOfTwoNeighboursAndTheNearerOneBesideIt() {
    for (int half = 0; half + 1 < HALVES.length; half++) {
      float middle = (float) ((HALVES[half] + HALVES[half + 1]) / 2);
      assertRounded(middle, half + (half & 1));
      assertRounded(Math.nextDown(middle), half);
      assertRounded(Math.nextUp(middle), half + 1);
    }
  }

  @Test
  void takesTheNearestToAnyNumber() {
    RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
    for (int i = 0; i < 1_000_000; i++) {
      float value = Float.intBitsToFloat(random.nextInt() & Integer.MAX_VALUE);
      if (value < 65_504) {
        int above = Arrays.binarySearch(HALVES, value);
        above = above < 0 ? -above - 1 : above;
        int below = Math.max(0, above - 1);
        boolean nearerBelow = value - HALVES[below] < HALVES[above] - value;
        boolean middle = value - HALVES[below] == HALVES[above] - value;
        assertRounded(value, middle ? below + (below & 1) : nearerBelow ? below : above);
      }
    }
  }

  @Test
  void isInfiniteBeyondItsRange() {
    assertRounded(Math.nextDown(65_520f), 0x7bff);
    assertRounded(65_520f, 0x7c00);
    assertRounded(Float.MAX_VALUE, 0x7c00);
    assertRounded(Float.POSITIVE_INFINITY, 0x7c00);
    assertThat(Float16.toFloat(Float16.ofFloat(Float.NaN))).isNaN();
    // A NaN that would be infinite without its last bits.
    assertThat(Float16.toFloat(Float16.ofFloat(Float.intBitsToFloat(0x7f800001)))).isNaN();
  }

  private static void assertRounded(float value, int half) {
    if (Float16.ofFloat(value) != (short) half
        || Float16.ofFloat(-value) != (short) (half | 0x8000)) {
      throw new AssertionError(
          "%s and its negative are %04x and %04x, not %04x"
              .formatted(
                  value, Float16.ofFloat(value) & 0xffff, Float16.ofFloat(-value) & 0xffff, half));
    }
  }
}
