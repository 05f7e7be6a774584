package io.swarmstream.schemas.hashing;

import java.util.Arrays;

/** The compression function of BLAKE3 on one block, and its constants. */
final class Blake3Block {
  static final int[] IV = {
    0x6A09E667, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A, 0x510E527F, 0x9B05688C, 0x1F83D9AB, 0x5BE0CD19
  };

  private static final int[] PERMUTATION = {2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8};

  private static final int ROUNDS = 7;

  /** The words of the message in the order in which each round takes them. */
  static final int[][] SCHEDULE = schedule();

  private Blake3Block() {}

  /** Returns the hash that the first block of a piece or of a node starts from. */
  static int[] start() {
    return IV.clone();
  }

  /**
   * Compresses a block into a hash.
   *
   * @param hash 8 words, replaced by the result
   * @param message 16 words
   * @param counter index of the piece; 0 for a node of the tree
   * @param bytes number of bytes in the block
   */
  static void compress(int[] hash, int[] message, long counter, int bytes, int flags) {
    int[] v = Arrays.copyOf(hash, 16);
    System.arraycopy(IV, 0, v, 8, 4);
    v[12] = (int) counter;
    v[13] = (int) (counter >>> 32);
    v[14] = bytes;
    v[15] = flags;
    for (int[] s : SCHEDULE) {
      mix(v, 0, 4, 8, 12, message[s[0]], message[s[1]]);
      mix(v, 1, 5, 9, 13, message[s[2]], message[s[3]]);
      mix(v, 2, 6, 10, 14, message[s[4]], message[s[5]]);
      mix(v, 3, 7, 11, 15, message[s[6]], message[s[7]]);
      mix(v, 0, 5, 10, 15, message[s[8]], message[s[9]]);
      mix(v, 1, 6, 11, 12, message[s[10]], message[s[11]]);
      mix(v, 2, 7, 8, 13, message[s[12]], message[s[13]]);
      mix(v, 3, 4, 9, 14, message[s[14]], message[s[15]]);
    }
    for (int word = 0; word < 8; word++) {
      hash[word] = v[word] ^ v[word + 8];
    }
  }

  private static void mix(int[] v, int a, int b, int c, int d, int x, int y) {
    v[a] += v[b] + x;
    v[d] = Integer.rotateRight(v[d] ^ v[a], 16);
    v[c] += v[d];
    v[b] = Integer.rotateRight(v[b] ^ v[c], 12);
    v[a] += v[b] + y;
    v[d] = Integer.rotateRight(v[d] ^ v[a], 8);
    v[c] += v[d];
    v[b] = Integer.rotateRight(v[b] ^ v[c], 7);
  }

  private static int[][] schedule() {
    int[][] schedule = new int[ROUNDS][16];
    for (int i = 0; i < 16; i++) {
      schedule[0][i] = i;
    }
    for (int round = 1; round < ROUNDS; round++) {
      for (int i = 0; i < 16; i++) {
        schedule[round][i] = schedule[round - 1][PERMUTATION[i]];
      }
    }
    return schedule;
  }
}
