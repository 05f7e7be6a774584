package io.swarmstream.schemas.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChunkUpdateTest {

  @RepeatedTest(200)
  void makesTheChunkAfterOutOfTheOneBefore(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    float[] values = new float[1 + random.nextInt(3_000)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    byte[] before = FloatCodec.encode(values);
    double share = random.nextDouble() / 2;
    int changes = 0;
    for (int i = 0; i < values.length; i++) {
      if (random.nextDouble() < share) {
        values[i] += 1;
        changes++;
      }
    }
    byte[] after = FloatCodec.encode(values);

    Optional<byte[]> update = ChunkUpdate.of(before, after);

    assertThat(update.isPresent()).isEqualTo(length(values.length, changes) <= after.length / 2);
    if (update.isPresent()) {
      ChunkUpdate.apply(update.get(), before);
      assertThat(before).isEqualTo(after);
    }
  }

  /** Of 1,000 values: 8 bytes, then 3.7 to 16 bits and 4 bytes for each that changed. */
  @ParameterizedTest
  @CsvSource({"0, 8", "1, 14", "10, 59", "100, 474", "333, 1486"})
  void takesFewBytes(int changes, int bytes) {
    float[] values = new float[1_000];
    byte[] before = FloatCodec.encode(values);
    for (int i = 0; i < changes; i++) {
      values[i * 3] = 1;
    }
    assertThat(ChunkUpdate.of(before, FloatCodec.encode(values)).orElseThrow()).hasSize(bytes);
  }

  /** The hash of the chunk is over its bits. */
  @Test
  void tellsZeroFromMinusZero() {
    byte[] before = FloatCodec.encode(new float[100]);
    float[] values = new float[100];
    values[7] = -0.0f;
    ChunkUpdate.apply(ChunkUpdate.of(before, FloatCodec.encode(values)).orElseThrow(), before);
    assertThat(before).isEqualTo(FloatCodec.encode(values));
  }

  @Test
  void refusesWhatIsNoUpdateOfTheChunk() {
    float[] values = new float[100];
    byte[] before = FloatCodec.encode(values);
    values[7] = 1;
    values[9] = 1;
    byte[] update = ChunkUpdate.of(before, FloatCodec.encode(values)).orElseThrow();

    refuses(new byte[0], before, "is not one of 100 values");
    refuses(update, new byte[400 - 4], "is not one of 99 values");
    refuses(with(update, 4, 3), before, "bytes for 3 of 100 values");
    refuses(with(update, 4, -1), before, "bytes for -1 of 100 values");
    refuses(with(update, 4, 101), before, "bytes for 101 of 100 values");
    refuses(with(update, 8, 0), before, "has an index that is not above the one before");
    refuses(with(update, 8, -1), before, "has an index that is not above the one before");
  }

  /** Whatever the bytes are: an answer or this exception. */
  @RepeatedTest(200)
  void survivesAnyBytes(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    float[] values = new float[200];
    byte[] before = FloatCodec.encode(values);
    for (int i = 0; i < 40; i++) {
      values[random.nextInt(200)] = 1;
    }
    byte[] update = ChunkUpdate.of(before, FloatCodec.encode(values)).orElseThrow();
    for (int i = 0; i < 5; i++) {
      update[random.nextInt(update.length)] = (byte) random.nextInt();
    }
    try {
      ChunkUpdate.apply(update, before);
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageMatching("(is not one of|has) .*");
    }
  }

  private static void refuses(byte[] update, byte[] before, String why) {
    assertThatThrownBy(() -> ChunkUpdate.apply(update, before))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  private static byte[] with(byte[] update, int at, int value) {
    byte[] other = update.clone();
    ByteBuffer.wrap(other).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
    return other;
  }

  private static long length(int count, int changes) {
    return 8 + 4L * changes + (changes == 0 ? 0 : EliasFano.bytes(count, changes));
  }
}
