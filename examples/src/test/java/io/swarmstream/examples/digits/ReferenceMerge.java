package io.swarmstream.examples.digits;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The merge methods in their plainest form, all sites weighing the same. */
enum ReferenceMerge {
  MEAN {
    @Override
    float[] merge(List<float[]> deltas) {
      double[] equal = new double[deltas.size()];
      Arrays.fill(equal, 1.0 / equal.length);
      return toFloats(sum(deltas, equal));
    }
  },

  COORDMEDIAN {
    @Override
    float[] merge(List<float[]> deltas) {
      float[] merged = new float[deltas.get(0).length];
      float[] column = new float[deltas.size()];
      for (int i = 0; i < merged.length; i++) {
        for (int site = 0; site < column.length; site++) {
          column[site] = deltas.get(site)[i];
        }
        Arrays.sort(column);
        merged[i] = (column[(column.length - 1) / 2] + column[column.length / 2]) / 2;
      }
      return merged;
    }
  },

  /** Weiszfeld's iteration from the mean. */
  GEOMEDIAN {
    @Override
    float[] merge(List<float[]> deltas) {
      double[] shares = new double[deltas.size()];
      Arrays.fill(shares, 1.0 / shares.length);
      for (int iteration = 0; iteration < 50; iteration++) {
        double[] centre = sum(deltas, shares);
        Arrays.setAll(shares, site -> 1 / Math.max(1e-9, distance(deltas.get(site), centre)));
        double total = Arrays.stream(shares).sum();
        Arrays.setAll(shares, site -> shares[site] / total);
      }
      return toFloats(sum(deltas, shares));
    }
  };

  abstract float[] merge(List<float[]> deltas);

  private static double[] sum(List<float[]> deltas, double[] factors) {
    double[] sum = new double[deltas.get(0).length];
    for (int site = 0; site < factors.length; site++) {
      float[] delta = deltas.get(site);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += factors[site] * delta[i];
      }
    }
    return sum;
  }

  private static double distance(float[] a, double[] b) {
    return Math.sqrt(
        IntStream.range(0, a.length).mapToDouble(i -> (a[i] - b[i]) * (a[i] - b[i])).sum());
  }

  private static float[] toFloats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
