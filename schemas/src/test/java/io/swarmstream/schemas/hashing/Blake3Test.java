package io.swarmstream.schemas.hashing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.bouncycastle.crypto.digests.Blake3Digest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares with Bouncy Castle's implementation. */
class Blake3Test {
  private static final int MAX_BYTES = 3 << 20;

  /** Around the borders of blocks and pieces, and where another number of lanes begins. */
  private static IntStream lengths() {
    IntStream steps = IntStream.iterate(0, length -> length <= 5_000, length -> length + 7);
    IntStream borders =
        IntStream.of(
                64, 1024, 2048, 3072, 4096, 8 << 10, 16 << 10, 64 << 10, 72 << 10, 240 << 10,
                248 << 10, 960 << 10)
            .flatMap(border -> IntStream.rangeClosed(border - 1, border + 1));
    return IntStream.concat(steps, borders).distinct();
  }

  @Test
  void hashesNothing() {
    assertThat(Blake3.hash(new byte[0]).hex())
        .isEqualTo("af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262");
  }

  /** From the test vectors of BLAKE3's authors: bytes 0 to 250, again and again. */
  @ParameterizedTest
  @CsvSource({
    "1, 2d3adedff11b61f14c886e35afa036736dcd87a74d27b5c1510225d0f592e213",
    "1024, 42214739f095a406f3fc83deb889744ac00df831c10daa55189b5d121c855af7",
    "102400, bc3e3d41a1146b069abffad3c0d44860cf664390afce4d9661f7902e7943e085",
  })
  void givesTheHashesOfItsAuthors(int length, String hash) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i % 251);
    }

    assertThat(Blake3.hash(bytes).hex()).isEqualTo(hash);
  }

  @Test
  void agreesAtEveryLength() {
    Random random = new Random(1);
    lengths()
        .forEach(
            length -> {
              byte[] bytes = bytes(random, length);
              assertThat(Blake3.hash(bytes)).as("%d bytes", length).isEqualTo(expected(bytes));
            });
  }

  @Test
  void agreesAtRandomLengths() {
    long seed = System.nanoTime();
    System.out.println("Blake3Test: seed " + seed);
    Random random = new Random(seed);
    for (int turn = 0; turn < 12; turn++) {
      byte[] bytes = bytes(random, random.nextInt(MAX_BYTES + 1));
      assertThat(Blake3.hash(bytes))
          .as("%d bytes, seed %d", bytes.length, seed)
          .isEqualTo(expected(bytes));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1023, 5_000, 70_001, 300_001})
  void readsWhatRemainsOfABuffer(int length) {
    byte[] bytes = bytes(new Random(length), length + 12);
    Hash expected = expected(Arrays.copyOfRange(bytes, 7, 7 + length));
    ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length).put(bytes);
    ByteBuffer slice = ByteBuffer.wrap(bytes, 3, length + 6).slice().position(4).limit(4 + length);

    for (ByteBuffer buffer :
        new ByteBuffer[] {
          ByteBuffer.wrap(bytes).position(7).limit(7 + length),
          ByteBuffer.wrap(bytes).asReadOnlyBuffer().position(7).limit(7 + length),
          direct.position(7).limit(7 + length),
          slice
        }) {
      int position = buffer.position();
      assertThat(Blake3.hash(buffer)).isEqualTo(expected);
      assertThat(buffer.position()).isEqualTo(position);
      assertThat(buffer.remaining()).isEqualTo(length);
    }
  }

  private static byte[] bytes(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static Hash expected(byte[] bytes) {
    Blake3Digest digest = new Blake3Digest(32);
    digest.update(bytes, 0, bytes.length);
    byte[] hash = new byte[32];
    digest.doFinal(hash, 0);
    return Hash.of(hash);
  }
}
