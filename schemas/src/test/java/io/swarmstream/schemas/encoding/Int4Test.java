package io.swarmstream.schemas.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.swarmstream.schemas.DeltaEncoding;
import io.swarmstream.schemas.layout.ChunkLayout;
import io.swarmstream.schemas.rounds.RejectionReason;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Int4Test {
  private static final DeltaEncoding INT4 = DeltaEncoding.INT4;

  @Test
  void takesAnEighthOfTheBytes() {
    int values = ChunkLayout.MAX_CHUNK_VALUES;

    assertThat((double) DeltaEncoding.FLOAT32.bytes(values) / INT4.bytes(values))
        .isCloseTo(7.757, within(0.001));
  }

  @Test
  void hasOneLengthForANumberOfValuesAndSaysTheNumber() {
    for (int values = 0; values < 700; values++) {
      byte[] payload = INT4.encode(new float[values]);
      assertThat(payload).hasSize(INT4.bytes(values));
      assertThat(INT4.values(payload)).isEqualTo(values);
      assertThat(INT4.decode(payload)).hasSize(values);
    }
    assertThat(INT4.values(new byte[1])).isEqualTo(-1);
    assertThat(INT4.values(new byte[66 + 2])).isEqualTo(-1);
  }

  @Test
  void roundsToStepsOfASeventhOfTheBlocksLargest() {
    float[] decoded = INT4.decode(INT4.encode(new float[] {7, -7, 2.5f, 3.5f, -0.5f, -0.6f, 0}));

    assertThat(decoded).containsExactly(7, -7, 2, 4, 0, -1, 0);
  }

  @Test
  void hasAScaleForEachBlock() {
    float[] values = new float[Int4.BLOCK_VALUES + 3];
    values[0] = 1000;
    values[1] = 1;
    values[Int4.BLOCK_VALUES + 1] = 1;

    float[] decoded = INT4.decode(INT4.encode(values));

    assertThat(decoded[0]).isCloseTo(1000, within(4f));
    assertThat(decoded[1]).isZero();
    assertThat(decoded[Int4.BLOCK_VALUES + 1]).isCloseTo(1, within(0.004f));
  }

  /** Each value is off by half a step at most, whatever its size, up to the ends of float32. */
  @Test
  void losesHalfAStepAtMost() {
    Random random = new Random(4);
    for (int exponent = -126; exponent < 124; exponent++) {
      float[] values = new float[Int4.BLOCK_VALUES];
      float largest = 0;
      for (int i = 0; i < values.length; i++) {
        values[i] = Math.scalb(random.nextFloat() * 2 - 1, exponent);
        largest = Math.max(largest, Math.abs(values[i]));
      }
      byte[] payload = INT4.encode(values);
      assertThat(INT4.flaw(payload)).isEmpty();
      float[] decoded = INT4.decode(payload);
      // The scale may be larger than a seventh by the last of its eight bits.
      double half = Math.max(largest / 14.0 * (1 + 1 / 256.0), 7 * Float.MIN_NORMAL);
      for (int i = 0; i < values.length; i++) {
        assertThat((double) decoded[i]).isCloseTo(values[i], within(half));
      }
    }
  }

  @Test
  void takesTinyValuesForZeros() {
    byte[] payload = INT4.encode(new float[] {6 * Float.MIN_NORMAL, -Float.MIN_VALUE});

    assertThat(payload).containsOnly(0);
    assertThat(INT4.decode(INT4.encode(new float[] {7 * Float.MIN_NORMAL, 0})))
        .containsExactly(7 * Float.MIN_NORMAL, 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"c07f", "807f", "80ff", "0080", "0100", "7f7f", "80bf", "007e"})
  void refusesAScaleThatIsNone(String scale) {
    assertThat(INT4.flaw(HexFormat.of().parseHex(scale + "77")))
        .hasValueSatisfying(
            flaw -> {
              assertThat(flaw.reason()).isEqualTo(RejectionReason.BAD_SCALE);
              assertThat(flaw.what()).contains("is in a block whose scale is").contains("; ");
            });
  }

  @ParameterizedTest
  @CsvSource({
    "803f78, 0, is -8 steps",
    "803f8877, 0, is -8 steps",
    "803f36, 0, whose largest value is 6 steps",
    "803f00, 0, whose largest value is 0 steps",
    "000001, 0, whose largest value is 1 steps",
  })
  void refusesWhatTheEncoderDoesNotWrite(String payload, int value, String what) {
    assertThat(INT4.flaw(HexFormat.of().parseHex(payload)))
        .hasValueSatisfying(
            flaw -> {
              assertThat(flaw.reason()).isEqualTo(RejectionReason.NOT_CANONICAL);
              assertThat(flaw.value()).isEqualTo(value);
              assertThat(flaw.what()).contains(what).contains("; ");
            });
  }
}
