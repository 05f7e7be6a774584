package io.swarmstream.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstream.schemas.rounds.RejectionReason;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EncodingTest {
  @ParameterizedTest
  @ValueSource(strings = {"float32", "float16", "bfloat16", "int8"})
  void hasOneLengthForANumberOfValues(DeltaEncoding encoding) {
    int taken = 0;
    for (int values = 0; values < 1500; values++) {
      int bytes = encoding.bytes(values);
      assertThat(encoding.encode(new float[values])).hasSize(bytes);
      assertThat(encoding.decode(new byte[bytes])).hasSize(values);
      for (; taken < bytes; taken++) {
        byte[] between = new byte[taken];
        assertThatThrownBy(() -> encoding.decode(between))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining(between.length + " bytes")
            .hasMessageContaining(encoding.code());
        assertThat(encoding.flaw(between)).isEmpty();
      }
      taken++;
    }
  }

  /** Wherever this test runs, it gives these bytes. */
  @ParameterizedTest
  @CsvSource({
    "float32, 0000003fcdccccbd8202a73300000080",
    "float16, 003866ae01000080",
    "bfloat16, 003fcdbda7330080",
    "int8, 0402813b7fe70000",
    "int4, 923df700",
    "topk:20, 040000000100000004003f",
  })
  void givesTheseBytes(DeltaEncoding encoding, String hex) {
    byte[] payload = encoding.encode(new float[] {0.5f, -0.1f, 7.777e-8f, -0f});
    assertThat(HexFormat.of().formatHex(payload)).isEqualTo(hex);
  }

  @ParameterizedTest
  @ValueSource(strings = {"float32", "float16", "bfloat16", "int8", "int4", "topk:1"})
  void encodesWhatItDecodedToTheSameValues(DeltaEncoding encoding) {
    float[] values = random(1000);
    float[] once = encoding.decode(encoding.encode(values));
    assertThat(encoding.decode(encoding.encode(once))).containsExactly(once);
  }

  @ParameterizedTest
  @ValueSource(strings = {"float32", "float16", "bfloat16", "int8", "int4"})
  void takesItsLargestValue(DeltaEncoding encoding) {
    float largest = encoding.largest();
    byte[] payload = encoding.encode(new float[] {largest, -largest});
    assertThat(encoding.flaw(payload)).isEmpty();
    assertThat(encoding.decode(payload)).containsExactly(largest, -largest);
  }

  @ParameterizedTest
  @ValueSource(strings = {"float32", "float16", "bfloat16", "topk:1"})
  void findsTheFirstValueThatIsNotFinite(DeltaEncoding encoding) {
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      float[] values = random(300);
      values[280] = bad;
      values[290] = Float.NaN;
      assertThat(encoding.flaw(encoding.encode(values)))
          .hasValueSatisfying(
              flaw -> {
                assertThat(flaw.reason()).isEqualTo(RejectionReason.NOT_FINITE);
                assertThat(flaw.value()).isEqualTo(280);
                assertThat(flaw.what()).startsWith("is " + bad + "; the training has diverged");
              });
    }
    assertThat(encoding.flaw(encoding.encode(random(300)))).isEmpty();
  }

  @Test
  void saysWhichAreKnown() {
    assertThatThrownBy(() -> DeltaEncoding.named("int2"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "encoding \"int2\" is not known here; known are [float32, float16, bfloat16, int8, int4, topk:P],"
                + " where P is the per cent of the values that are sent, 0.01 to 20");
  }

  private static float[] random(int count) {
    Random random = new Random(5);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
