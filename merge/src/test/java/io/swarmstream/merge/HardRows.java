package io.swarmstream.merge;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;

/** The rows on which geometric medians are known to go wrong. */
final class HardRows {

  private static final int LENGTH = 203;

  private HardRows() {}

  static List<Rows> all() {
    List<Rows> all = new ArrayList<>();
    for (int n : new int[] {3, 4, 7, 8, 20}) {
      all.addAll(outliers(n));
      all.addAll(crowds(n));
      all.addAll(lines(n));
    }
    all.add(weighted("two of equal weight", cloud(1, 2), 5, 5));
    all.add(weighted("two of unequal weight", cloud(2, 2), 5, 6));
    all.add(
        weighted("two, one sample apart", cloud(2, 2), Integer.MAX_VALUE, Integer.MAX_VALUE - 1));
    all.add(weighted("two, of which one is far away", far(cloud(3, 2), 1, 1e25f), 5, 5));
    all.add(weighted("one alone", cloud(4, 1), 7));
    all.add(weighted("one that counts", cloud(5, 3), 0, 3, 0));
    all.add(weighted("one heavier than the rest", cloud(6, 4), 3, 10, 3, 3));
    all.add(
        weighted("light outliers in the majority", far(cloud(7, 5), 2, 1e25f), 10, 10, 1, 1, 1));
    float[][] broken = cloud(8, 4);
    broken[2][17] = Float.NaN;
    broken[3][18] = Float.POSITIVE_INFINITY;
    all.add(weighted("broken ones that do not count", broken, 4, 5, 0, 0));
    return all;
  }

  private static List<Rows> outliers(int n) {
    float[][] cluster = cloud(n, n);
    for (int k = n - n * 2 / 5; k < n; k++) {
      cluster[k] = cluster[n - 1].clone();
      cluster[k][k] += 1e-3f;
    }
    return List.of(
        Rows.equal("one outlier 1e6, n " + n, far(cloud(n, n), n - 1, 1e6f)),
        Rows.equal("first one outlier 1e25, n " + n, swapped(far(cloud(n, n), n - 1, 1e25f))),
        Rows.equal("30 % outliers 1e6, n " + n, far(cloud(n, n), n - n * 3 / 10, 1e6f)),
        Rows.equal("30 % outliers 1e25, n " + n, far(cloud(n, n), n - n * 3 / 10, 1e25f)),
        Rows.equal("40 % colluders, n " + n, cluster));
  }

  private static List<Rows> crowds(int n) {
    float[][] same = new float[n][];
    float[][] near = new float[n][];
    float[][] singles = cloud(11, n);
    float[][] pairs = new float[n][];
    float[][] sparse = new float[n][LENGTH];
    Random random = new Random(n);
    for (int k = 0; k < n; k++) {
      same[k] = row(j -> 1e6 * Math.sin(j + 1.0));
      float[] base = row(j -> 1 + Math.abs(Math.sin(j)));
      near[k] = row(j -> base[j] + Math.ulp(base[j]) * (random.nextInt(5) - 2));
      pairs[k] = singles[k / 2].clone();
      for (int j = k; j < LENGTH; j += n) {
        sparse[k][j] = random.nextFloat() - 0.5f;
      }
    }
    float[][] tiny = cloud(12, n);
    float[][] huge = cloud(13, n);
    for (int k = 0; k < n; k++) {
      for (int j = 0; j < LENGTH; j++) {
        tiny[k][j] *= 1e-38f;
        huge[k][j] *= 5e37f;
      }
    }
    return List.of(
        Rows.equal("all the same, of large norm, n " + n, same),
        Rows.equal("two ulp apart, n " + n, near),
        Rows.equal("in pairs, n " + n, pairs),
        Rows.equal("nowhere in common, n " + n, sparse),
        Rows.equal("subnormal, n " + n, tiny),
        Rows.equal("near overflow, n " + n, huge));
  }

  private static List<Rows> lines(int n) {
    float[][] line = new float[n][];
    float[][] star = cloud(14, n);
    for (int k = 0; k < n; k++) {
      float place = k * k;
      line[k] = row(j -> place * (j % 8 - 4));
    }
    star[0] = new float[LENGTH];
    Rows starred = Rows.equal("star", star);
    int[] withstanding = new int[n];
    int[] short1e6 = new int[n];
    int[] short1e2 = new int[n];
    double pull = Reference.pull(starred, 0) * 10_000_000;
    for (int k = 1; k < n; k++) {
      withstanding[k] = short1e6[k] = short1e2[k] = 10_000_000;
    }
    withstanding[0] = (int) Math.ceil(pull * (1 + 1e-6));
    short1e6[0] = (int) (pull * (1 - 1e-6));
    short1e2[0] = (int) (pull * (1 - 1e-2));
    return List.of(
        Rows.equal("on a line, n " + n, line),
        new Rows("optimum at an input, n " + n, star, withstanding),
        new Rows("weight 1e-6 short of optimal, n " + n, star, short1e6),
        new Rows("weight 1e-2 short of optimal, n " + n, star, short1e2));
  }

  private static Rows weighted(String description, float[][] deltas, int... weights) {
    return new Rows(description, deltas, weights);
  }

  private static float[][] cloud(long seed, int n) {
    return Rows.random(1_000 + seed, n, LENGTH).deltas();
  }

  /** Moves the rows from {@code first} on far away, each in a direction of its own. */
  private static float[][] far(float[][] rows, int first, float distance) {
    for (int k = first; k < rows.length; k++) {
      for (int j = 0; j < LENGTH; j++) {
        rows[k][j] = distance * (rows[k][j] + 1);
      }
    }
    return rows;
  }

  private static float[][] swapped(float[][] rows) {
    float[] first = rows[0];
    rows[0] = rows[rows.length - 1];
    rows[rows.length - 1] = first;
    return rows;
  }

  private static float[] row(IntToDoubleFunction value) {
    float[] row = new float[LENGTH];
    for (int j = 0; j < LENGTH; j++) {
      row[j] = (float) value.applyAsDouble(j);
    }
    return row;
  }
}
