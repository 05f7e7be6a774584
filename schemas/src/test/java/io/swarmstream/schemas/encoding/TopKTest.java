package io.swarmstream.schemas.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.swarmstream.schemas.DeltaEncoding;
import io.swarmstream.schemas.layout.ChunkLayout;
import io.swarmstream.schemas.rounds.RejectionReason;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopKTest {
  private static final DeltaEncoding FIFTH = DeltaEncoding.named("topk:20");

  @ParameterizedTest
  @CsvSource({"topk:1, 130.1", "topk:0.1, 1132.5", "topk:0.01, 9274", "topk:20, 7.9"})
  void takesTheBytesOfFewValues(DeltaEncoding encoding, double times) {
    int values = ChunkLayout.MAX_CHUNK_VALUES;

    assertThat((double) DeltaEncoding.FLOAT32.bytes(values) / encoding.bytes(values))
        .isCloseTo(times, within(times / 200));
  }

  /** At 20 per cent as many as int4, so that more would be pointless. */
  @Test
  void takesNoMoreBytesThanInt4() {
    int values = ChunkLayout.MAX_CHUNK_VALUES;

    assertThat(FIFTH.bytes(values)).isLessThan(DeltaEncoding.INT4.bytes(values));
  }

  @Test
  void sendsTheLargestAndOfEqualOnesTheFirst() {
    float[] values = {0, 1, -3, 2, -2, 2, 0, 0, -2, 0.5f};

    assertThat(FIFTH.decode(FIFTH.encode(values))).containsExactly(0, 0, -3, 2, 0, 0, 0, 0, 0, 0);
  }

  @Test
  void roundsUpTheNumberOfValues() {
    assertThat(
            DeltaEncoding.named("topk:0.01")
                .decode(DeltaEncoding.named("topk:0.01").encode(new float[] {1, 2})))
        .containsExactly(0, 2);
    float[] six = {1, 2, 3, 4, 5, 6};
    assertThat(FIFTH.decode(FIFTH.encode(six))).containsExactly(0, 0, 0, 0, 5, 6);
  }

  @Test
  void fillsUpWithTheFirstZeros() {
    float[] values = new float[20];
    values[1] = -5;
    values[9] = 1e-41f; // a zero as bfloat16
    values[11] = -0f;

    byte[] payload = FIFTH.encode(values);

    float[] merged = new float[20];
    merged[1] = -5;
    assertThat(FIFTH.decode(payload)).containsExactly(merged);
    // Indices 0 to 3 of 20, two low bits each, and all in the first bucket.
    assertThat(HexFormat.of().formatHex(payload)).isEqualTo("1400000004000000e40f0000a0c000000000");
    assertThat(FIFTH.flaw(payload)).isEmpty();
  }

  /** Compares with a sort. */
  @Test
  void findsTheLargestOfManyRandomVectors() {
    Random random = new Random(6);
    for (int turn = 0; turn < 300; turn++) {
      DeltaEncoding encoding = DeltaEncoding.topk(1 + random.nextInt(DeltaEncoding.MAX_SHARE));
      float[] values = values(random, 1 + random.nextInt(3_000));
      int held = (int) Math.ceil(values.length * (long) encoding.share() / 10_000.0);
      float[] expected = new float[values.length];
      IntStream.range(0, values.length)
          .boxed()
          .sorted((one, other) -> Float.compare(Math.abs(values[other]), Math.abs(values[one])))
          .limit(held)
          .forEach(i -> expected[i] = BFloat16.toFloat(BFloat16.ofFloat(values[i])));

      byte[] payload = encoding.encode(values);

      assertThat(encoding.decode(payload))
          .usingComparator(Arrays::compare)
          .isEqualTo(plus0(expected));
      assertThat(encoding.values(payload)).isEqualTo(values.length);
      assertThat(encoding.flaw(payload)).isEmpty();
    }
  }

  private static float[] plus0(float[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] += 0f;
    }
    return values;
  }

  /** Some with many equal values, some mostly zero. */
  static float[] values(Random random, int count) {
    float[] values = new float[count];
    int kind = random.nextInt(3);
    for (int i = 0; i < count; i++) {
      values[i] =
          switch (kind) {
            case 0 -> (float) (1e-3 * random.nextGaussian());
            case 1 -> random.nextInt(5) - 2;
            default -> random.nextInt(50) == 0 ? random.nextFloat() - 0.5f : 0;
          };
    }
    return values;
  }

  @ParameterizedTest
  @CsvSource({
    // 20 values, 4 of them sent. Indices 0 to 3 as above, then changed.
    "1400000004000000e40f0000a0c000000000, ''",
    "1400000004000000e00f0000a0c000000000, does not ascend",
    "1400000004000000e40e0000a0c000000000, is a zero that is sent before smaller indices",
    "1400000004000000e4070000a0c000000000, does not ascend",
    "1400000004000000e41f0000a0c000000000, more bits follow",
    "1400000004000000e40f0000a0c000000080, is -0.0",
    "1400000004000000e4170000a0c000000000, is a zero that is sent before smaller indices",
  })
  void refusesWhatTheEncoderDoesNotWrite(String hex, String what) {
    byte[] payload = HexFormat.of().parseHex(hex);

    assertThat(FIFTH.values(payload)).isEqualTo(20);
    assertThat(FIFTH.flaw(payload).isPresent()).isEqualTo(!what.isEmpty());
    FIFTH
        .flaw(payload)
        .ifPresent(
            flaw -> {
              assertThat(flaw.reason()).isEqualTo(RejectionReason.NOT_CANONICAL);
              assertThat(flaw.what()).contains(what).contains("; ");
            });
  }

  /** The head says more values than memory has; to look at it takes none. */
  @Test
  void believesNoNumberOfValues() {
    DeltaEncoding least = DeltaEncoding.topk(1);
    int values = Integer.MAX_VALUE;
    byte[] payload = new byte[least.bytes(values)];
    ByteBuffer.wrap(payload)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(values)
        .putInt((int) ((values + 9_999L) / 10_000));

    assertThat(least.values(payload)).isEqualTo(values);
    assertThat(least.flaw(payload)).isPresent();
    for (int head : new int[] {-1, 0, 1, values}) {
      byte[] small = new byte[40];
      ByteBuffer.wrap(small).putInt(head).putInt(head);
      assertThat(least.values(small)).isEqualTo(-1);
      assertThatThrownBy(() -> least.decode(small)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"topk:1.0", "topk:01", "topk:0.50", "topk:1.", "topk:00.5"})
  void hasOneTextForEachShare(String code) {
    assertThat(DeltaEncoding.ofCode(code)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "topk, does not say how many per cent",
    "topk:, does not say how many per cent",
    "topk:-1, does not say how many per cent",
    "topk:1%, does not say how many per cent",
    "topk:1e0, does not say how many per cent",
    "topk:0, has to send 0.01 to 20 per cent",
    "topk:0.001, has to send 0.01 to 20 per cent",
    "topk:20.01, has to send 0.01 to 20 per cent",
    "topk:1.50, write it as topk:1.5",
    "int8:1, known are",
    "top, known are",
  })
  void saysWhatIsWrongWithACode(String code, String what) {
    assertThatThrownBy(() -> DeltaEncoding.named(code))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"" + code + "\"")
        .hasMessageContaining(what);
  }
}
