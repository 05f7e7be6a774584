package io.swarmstream.merge;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;

/** The bits of floats, and one number for all bits that the kernels make of fixed rows. */
final class Bits {

  private Bits() {}

  static int[] of(float[] values) {
    int[] bits = new int[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(values[i]);
    }
    return bits;
  }

  static String ofEverything() {
    StringBuilder line = new StringBuilder();
    for (String method : new String[] {"mean", "coordmedian", "geomedian"}) {
      int hash = 0;
      for (int n = 1; n <= 8; n++) {
        hash = 31 * hash + Arrays.hashCode(of(uniform(n, false).merged(method)));
        hash = 31 * hash + Arrays.hashCode(of(uniform(n, true).merged(method)));
      }
      line.append(method).append(' ').append(Integer.toHexString(hash)).append("; ");
    }
    for (String method :
        new String[] {
          "trimmedmean:1", "multikrum:1", "nnm+coordmedian:1", "bulyan:1", "nnm+bulyan:1"
        }) {
      int hash = 0;
      int least = method.endsWith("bulyan:1") ? 7 : 5;
      for (int n = least; n <= least + 3; n++) {
        hash = 31 * hash + Arrays.hashCode(of(uniform(n, true).merged(method)));
      }
      line.append(method).append(' ').append(Integer.toHexString(hash)).append("; ");
    }
    for (String optimizer : ServerOptimizer.NAMES) {
      line.append(optimizer).append(' ').append(steps(optimizer(optimizer))).append("; ");
    }
    double[] gram = Gram.ofChunk(uniform(9, true).deltas(), uniform(9, true).weights());
    return line.append("gram ").append(Integer.toHexString(Arrays.hashCode(gram))).toString();
  }

  static ServerOptimizer optimizer(String name) {
    return ServerOptimizer.of(
        name, Map.of("lr", 0.3, "momentum", 0.9, "beta1", 0.9, "beta2", 0.99, "tau", 0.001));
  }

  private static String steps(ServerOptimizer optimizer) {
    float[][] state = optimizer.begin(4_001);
    int hash = 0;
    for (int round = 1; round <= 5; round++) {
      float[] delta = uniform(round, false).deltas()[0];
      optimizer.advance(delta, state);
      hash = 31 * hash + Arrays.hashCode(of(optimizer.step(delta, state)));
      for (float[] vector : state) {
        hash = 31 * hash + Arrays.hashCode(of(vector));
      }
    }
    return Integer.toHexString(hash);
  }

  /** Made without any function whose last bit a Java library may choose. */
  private static Rows uniform(int n, boolean weighted) {
    Random random = new Random(n);
    float[][] deltas = new float[n][4_001];
    int[] weights = new int[n];
    for (int k = 0; k < n; k++) {
      weights[k] = weighted ? 1 + random.nextInt(1_000) : 1;
      for (int j = 0; j < deltas[k].length; j++) {
        deltas[k][j] = random.nextFloat() - 0.5f;
      }
    }
    return new Rows("uniform", deltas, weights);
  }

  /** For a second virtual machine. */
  public static void main(String[] args) {
    System.out.println(ofEverything());
  }
}
