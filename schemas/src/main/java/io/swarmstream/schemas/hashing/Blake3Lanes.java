package io.swarmstream.schemas.hashing;

import java.util.Arrays;

/**
 * The compression function of BLAKE3 on several inputs side by side. Each array holds one word of
 * all lanes.
 *
 * <p>The loops run to an array's length and touch each array at the loop's index only: in this form
 * HotSpot turns them into vectors.
 */
final class Blake3Lanes {
  private static final int BLOCK = 64;

  /** The hashes so far: 8 words by lane. */
  final int[][] hash;

  /** The block that is compressed next: 16 words by lane. */
  final int[][] message;

  private final int[][] v;

  Blake3Lanes(int lanes) {
    hash = new int[8][lanes];
    message = new int[16][lanes];
    v = new int[16][lanes];
    for (int word = 0; word < 8; word++) {
      Arrays.fill(hash[word], Blake3Block.IV[word]);
    }
  }

  /**
   * Compresses the message, a full block in each lane, into the hashes.
   *
   * @param counter the counter of the first lane
   * @param step what is added to the counter from lane to lane
   */
  void compress(long counter, int step, int flags) {
    for (int word = 0; word < 8; word++) {
      System.arraycopy(hash[word], 0, v[word], 0, v[word].length);
    }
    for (int word = 0; word < 4; word++) {
      Arrays.fill(v[8 + word], Blake3Block.IV[word]);
    }
    long own = counter;
    for (int lane = 0; lane < v[12].length; lane++, own += step) {
      v[12][lane] = (int) own;
      v[13][lane] = (int) (own >>> 32);
    }
    Arrays.fill(v[14], BLOCK);
    Arrays.fill(v[15], flags);
    for (int[] s : Blake3Block.SCHEDULE) {
      round(s);
    }
    for (int word = 0; word < 8; word++) {
      mergeHalves(hash[word], v[word], v[word + 8]);
    }
  }

  private void round(int[] s) {
    int[][] m = message;
    mix(v[0], v[4], v[8], v[12], m[s[0]], m[s[1]]);
    mix(v[1], v[5], v[9], v[13], m[s[2]], m[s[3]]);
    mix(v[2], v[6], v[10], v[14], m[s[4]], m[s[5]]);
    mix(v[3], v[7], v[11], v[15], m[s[6]], m[s[7]]);
    mix(v[0], v[5], v[10], v[15], m[s[8]], m[s[9]]);
    mix(v[1], v[6], v[11], v[12], m[s[10]], m[s[11]]);
    mix(v[2], v[7], v[8], v[13], m[s[12]], m[s[13]]);
    mix(v[3], v[4], v[9], v[14], m[s[14]], m[s[15]]);
  }

  private static void mix(int[] a, int[] b, int[] c, int[] d, int[] x, int[] y) {
    for (int i = 0; i < a.length; i++) {
      int va = a[i] + b[i] + x[i];
      int vd = Integer.rotateRight(d[i] ^ va, 16);
      int vc = c[i] + vd;
      int vb = Integer.rotateRight(b[i] ^ vc, 12);
      va = va + vb + y[i];
      vd = Integer.rotateRight(vd ^ va, 8);
      vc = vc + vd;
      vb = Integer.rotateRight(vb ^ vc, 7);
      a[i] = va;
      b[i] = vb;
      c[i] = vc;
      d[i] = vd;
    }
  }

  private static void mergeHalves(int[] to, int[] upper, int[] lower) {
    for (int i = 0; i < to.length; i++) {
      to[i] = upper[i] ^ lower[i];
    }
  }
}
