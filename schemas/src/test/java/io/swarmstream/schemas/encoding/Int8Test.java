package io.swarmstream.schemas.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.swarmstream.schemas.DeltaEncoding;
import io.swarmstream.schemas.rounds.RejectionReason;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Int8Test {
  @Test
  void writesAScaleAndAByteForEachValue() {
    byte[] payload = DeltaEncoding.INT8.encode(new float[] {127, -127, 2.5f, 3.5f, -0.5f, 0});

    ByteBuffer bytes = ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(bytes.getFloat()).isEqualTo(1);
    // In the middle the even one.
    assertThat(Arrays.copyOfRange(payload, 4, payload.length))
        .containsExactly(127, -127, 2, 4, 0, 0);
  }

  @Test
  void isOffByNoMoreThanHalfAStepOfItsBlock() {
    float[] values = new float[10 * Int8.BLOCK_VALUES + 7];
    Random random = new Random(1);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextGaussian() * Math.pow(10, i / Int8.BLOCK_VALUES - 5));
    }
    float[] decoded = DeltaEncoding.INT8.decode(DeltaEncoding.INT8.encode(values));

    for (int i = 0; i < values.length; i++) {
      int from = i / Int8.BLOCK_VALUES * Int8.BLOCK_VALUES;
      float largest = 0;
      for (int k = from; k < Math.min(values.length, from + Int8.BLOCK_VALUES); k++) {
        largest = Math.max(largest, Math.abs(values[k]));
      }
      assertThat(decoded[i]).isCloseTo(values[i], within(largest / 127 * 0.50001f));
    }
  }

  @Test
  void givesZerosBackAsTheyAre() {
    float[] values = new float[600];
    values[599] = 1;
    assertThat(DeltaEncoding.INT8.decode(DeltaEncoding.INT8.encode(values)))
        .containsExactly(values);
    assertThat(DeltaEncoding.INT8.encode(new float[300])).containsOnly(0);
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.MIN_VALUE, 100 * Float.MIN_VALUE, 190 * Float.MIN_VALUE, 1e-40f})
  void roundsWhatIsNextToNothingWithoutTurningItsSign(float tiny) {
    float[] decoded =
        DeltaEncoding.INT8.decode(DeltaEncoding.INT8.encode(new float[] {tiny, -tiny}));
    assertThat(decoded[0]).isBetween(0f, 2 * tiny);
    assertThat(decoded[1]).isBetween(-2 * tiny, 0f);
  }

  @Test
  void takesItsLargestValue() {
    float largest = DeltaEncoding.INT8.largest();
    byte[] payload = DeltaEncoding.INT8.encode(new float[] {largest, -largest, 0});

    assertThat(DeltaEncoding.INT8.flaw(payload)).isEmpty();
    assertThat(DeltaEncoding.INT8.decode(payload)[0]).isFinite().isCloseTo(largest, within(1e32f));
  }

  @Test
  void isFiniteWithTheLargestScaleAndAnyByte() {
    byte[] payload = new byte[4 + 256];
    ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN).putFloat(Int8.LARGEST_SCALE);
    for (int i = 0; i < 256; i++) {
      payload[4 + i] = (byte) i;
    }
    assertThat(DeltaEncoding.INT8.flaw(payload)).isEmpty();
    for (float value : DeltaEncoding.INT8.decode(payload)) {
      assertThat(value).isFinite();
    }
  }

  @ParameterizedTest
  @ValueSource(
      floats = {
        Float.NaN,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        -1,
        -Float.MIN_VALUE,
        -0f,
        Float.MAX_VALUE,
        2.6584560e36f
      })
  void refusesAScaleThatIsNone(float scale) {
    byte[] payload = DeltaEncoding.INT8.encode(new float[600]);
    ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN).putFloat(260, scale);

    assertThat(DeltaEncoding.INT8.flaw(payload))
        .hasValueSatisfying(
            flaw -> {
              assertThat(flaw.reason()).isEqualTo(RejectionReason.BAD_SCALE);
              assertThat(flaw.value()).isEqualTo(256);
              assertThat(flaw.what()).contains("scale is " + scale).contains("0 to 2.6584");
            });
  }
}
