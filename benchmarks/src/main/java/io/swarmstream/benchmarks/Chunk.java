package io.swarmstream.benchmarks;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * One chunk of a round's deltas, as large as a chunk on the wire; each thread has its own. Rows
 * change from call to call and come from more memory than a cache holds, as in a merge.
 */
@State(Scope.Thread)
public class Chunk {
  /** Number of values in the wire's largest chunk. */
  private static final int VALUES = 245_760;

  private static final long WORKING_SET_BYTES = 128L << 20;

  @Param({"8", "32"})
  int sites = 8;

  private float[][][] rounds = {};
  private int at;

  /** Equal weights. */
  int[] equal = {};

  /** Sample counts as weights. */
  int[] counted = {};

  /** Receives the merged values. */
  final float[] out = new float[VALUES];

  /** Generates the deltas. */
  @Setup(Level.Trial)
  public void fill() {
    SplittableRandom random = new SplittableRandom(sites);
    int count = (int) (WORKING_SET_BYTES / ((long) sites * VALUES * Float.BYTES)) + 1;
    rounds = new float[count][sites][VALUES];
    for (float[][] rows : rounds) {
      for (float[] row : rows) {
        for (int i = 0; i < row.length; i++) {
          row[i] = (float) random.nextGaussian();
        }
      }
    }
    equal = new int[sites];
    Arrays.fill(equal, 1);
    counted = random.ints(sites, 100, 1_000).toArray();
  }

  /** The next deltas. */
  float[][] rows() {
    at = (at + 1) % rounds.length;
    return rounds[at];
  }
}
