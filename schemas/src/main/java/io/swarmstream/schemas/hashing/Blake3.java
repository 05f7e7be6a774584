package io.swarmstream.schemas.hashing;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The BLAKE3 hash, 32 bytes, as <a
 * href="https://www.ietf.org/archive/id/draft-aumasson-blake3-00.html">draft-aumasson-blake3</a>
 * specifies it, without key.
 *
 * <p>BLAKE3 hashes pieces of 1,024 bytes on their own and then pairs of their hashes. Here each
 * step of the compression is a loop over many pieces, which the JIT turns into instructions on
 * vectors, so that the speed does not depend on instructions for one hash function.
 * docs/benchmarks.md has the figures.
 *
 * <p>Few pieces are padded to {@link #SOME} or hashed one by one, but never in short loops: HotSpot
 * compiles a loop for the lengths that it has seen, and short ones would cost long ones their
 * vectors.
 */
public final class Blake3 {
  private static final int PIECE = 1024;
  private static final int BLOCK = 64;
  private static final int BLOCKS = PIECE / BLOCK;
  private static final int WORDS = 8;

  /**
   * Pieces side by side: long loops, whose arrays still fit the first-level cache. The payloads of
   * full chunks have 960 pieces (float32), 480 or 243, so that few are left over.
   */
  private static final int MANY = 240;

  /** Pieces side by side where there are fewer than {@link #MANY}. */
  private static final int SOME = 64;

  /** From this number on, {@link #SOME} lanes are faster than one piece after the other. */
  private static final int WORTH_LANES = 8;

  private static final int PIECE_START = 1;
  private static final int PIECE_END = 2;
  private static final int PARENT = 4;
  private static final int ROOT = 8;

  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] input;
  private final int from;
  private final int length;

  private Blake3(byte[] input, int from, int length) {
    this.input = input;
    this.from = from;
    this.length = length;
  }

  /** Hashes the bytes. */
  public static Hash hash(byte[] bytes) {
    return new Blake3(bytes, 0, bytes.length).hash();
  }

  /** Hashes the remaining bytes of a buffer and leaves its position unchanged. */
  public static Hash hash(ByteBuffer bytes) {
    if (bytes.hasArray()) {
      return new Blake3(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining())
          .hash();
    }
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    return hash(copy);
  }

  private Hash hash() {
    if (length <= PIECE) {
      return bytes(piece(0, length, ROOT));
    }
    int[][] hashes = pieces();
    while (hashes[0].length > 2) {
      hashes = parents(hashes);
    }
    return bytes(parent(hashes, 0, ROOT));
  }

  /** Returns the hashes of all pieces: word by piece. */
  private int[][] pieces() {
    int full = length / PIECE;
    int rest = length % PIECE;
    int[][] hashes = new int[WORDS][full + (rest == 0 ? 0 : 1)];
    int done = 0;
    while (full - done >= WORTH_LANES) {
      int count = full - done >= MANY ? MANY : Math.min(SOME, full - done);
      put(fullPieces(done, count), count, hashes, done);
      done += count;
    }
    for (; done < full; done++) {
      put(piece(done, PIECE, 0), hashes, done);
    }
    if (rest > 0) {
      put(piece(full, rest, 0), hashes, full);
    }
    return hashes;
  }

  private int[][] fullPieces(int first, int count) {
    Blake3Lanes lanes = new Blake3Lanes(count == MANY ? MANY : SOME);
    for (int block = 0; block < BLOCKS; block++) {
      transpose(from + first * PIECE + block * BLOCK, count, lanes.message);
      int flags = (block == 0 ? PIECE_START : 0) | (block == BLOCKS - 1 ? PIECE_END : 0);
      lanes.compress(first, 1, flags);
    }
    return lanes.hash;
  }

  /**
   * Reads one block of each piece into the message: word by lane. Two words at a time, which halves
   * the reads.
   */
  private void transpose(int start, int count, int[][] message) {
    for (int word = 0; word < 16; word += 2) {
      int[] low = message[word];
      int[] high = message[word + 1];
      for (int lane = 0, at = start + 4 * word; lane < count; lane++, at += PIECE) {
        long both = (long) LONGS.get(input, at);
        low[lane] = (int) both;
        high[lane] = (int) (both >>> 32);
      }
    }
  }

  /** Hashes one piece, which may be short or empty. */
  private int[] piece(int index, int bytes, int rootFlag) {
    int[] hash = Blake3Block.start();
    int[] message = new int[16];
    byte[] block = new byte[BLOCK];
    int start = from + index * PIECE;
    int at = 0;
    do {
      int filled = Math.min(BLOCK, bytes - at);
      System.arraycopy(input, start + at, block, 0, filled);
      Arrays.fill(block, filled, BLOCK, (byte) 0);
      for (int word = 0; word < 16; word++) {
        message[word] = (int) INTS.get(block, 4 * word);
      }
      int flags = (at == 0 ? PIECE_START : 0) | (at + filled == bytes ? PIECE_END | rootFlag : 0);
      Blake3Block.compress(hash, message, index, filled, flags);
      at += filled;
    } while (at < bytes);
    return hash;
  }

  /** Hashes pairs. A last hash without a partner moves up unchanged. */
  private static int[][] parents(int[][] children) {
    int count = children[0].length;
    int pairs = count / 2;
    int[][] hashes = new int[WORDS][pairs + count % 2];
    int done = 0;
    while (pairs - done >= WORTH_LANES) {
      int some = Math.min(SOME, pairs - done);
      put(someParents(children, done, some), some, hashes, done);
      done += some;
    }
    for (; done < pairs; done++) {
      put(parent(children, done, 0), hashes, done);
    }
    if (count % 2 == 1) {
      for (int word = 0; word < WORDS; word++) {
        hashes[word][pairs] = children[word][count - 1];
      }
    }
    return hashes;
  }

  private static int[][] someParents(int[][] children, int first, int count) {
    Blake3Lanes lanes = new Blake3Lanes(SOME);
    for (int word = 0; word < WORDS; word++) {
      int[] left = lanes.message[word];
      int[] right = lanes.message[WORDS + word];
      for (int lane = 0; lane < count; lane++) {
        left[lane] = children[word][2 * (first + lane)];
        right[lane] = children[word][2 * (first + lane) + 1];
      }
    }
    lanes.compress(0, 0, PARENT);
    return lanes.hash;
  }

  private static int[] parent(int[][] children, int pair, int rootFlag) {
    int[] hash = Blake3Block.start();
    int[] message = new int[16];
    for (int word = 0; word < WORDS; word++) {
      message[word] = children[word][2 * pair];
      message[WORDS + word] = children[word][2 * pair + 1];
    }
    Blake3Block.compress(hash, message, 0, BLOCK, PARENT | rootFlag);
    return hash;
  }

  private static void put(int[][] lanes, int count, int[][] hashes, int at) {
    for (int word = 0; word < WORDS; word++) {
      System.arraycopy(lanes[word], 0, hashes[word], at, count);
    }
  }

  private static void put(int[] hash, int[][] hashes, int at) {
    for (int word = 0; word < WORDS; word++) {
      hashes[word][at] = hash[word];
    }
  }

  private static Hash bytes(int[] root) {
    ByteBuffer bytes = ByteBuffer.allocate(Hash.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int word : root) {
      bytes.putInt(word);
    }
    return Hash.of(bytes.array());
  }
}
