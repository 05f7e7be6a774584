package io.swarmstream.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GramTest {

  @Test
  void holdsTheProductsAboutTheFirstRowThatCounts() {
    for (int length : new int[] {1, 127, 128, 129, 2_047, 2_048, 2_049, 5_000}) {
      Rows rows =
          new Rows("weighted", Rows.random(length, 5, length).deltas(), new int[] {0, 2, 3, 4, 9});
      float[] centre = rows.deltas()[1];
      double[] gram = Gram.ofChunk(rows.deltas(), rows.weights());
      for (int i = 0; i < 5; i++) {
        for (int j = 0; j < 5; j++) {
          double product = 0;
          double size = 0;
          for (int c = 0; c < length; c++) {
            double term =
                ((double) rows.deltas()[i][c] - centre[c])
                    * ((double) rows.deltas()[j][c] - centre[c]);
            product += term;
            size += Math.abs(term);
          }
          assertThat(Math.abs(gram[i * 5 + j] - product))
              .as("length %d, rows %d and %d", length, i, j)
              .isLessThanOrEqualTo(1e-14 * size);
          assertThat(gram[i * 5 + j]).isEqualTo(gram[j * 5 + i]);
        }
      }
    }
  }

  @Test
  void givesTheDistancesOfTheRowsThatMatterWhateverTheOutliers() {
    for (float distance : new float[] {1e6f, 1e25f, 3e38f}) {
      Rows rows = Rows.random(8, 8, 3_000);
      int[] weights = {9, 9, 9, 9, 1, 1, 1, 1};
      for (int k = 4; k < 8; k++) {
        for (int j = 0; j < 3_000; j++) {
          rows.deltas()[k][j] = distance * (1 + k / 8f - j % 2 * 0.1f) / 2;
        }
      }
      double[] gram = Gram.ofChunk(rows.deltas(), weights);
      for (int i = 0; i < 4; i++) {
        for (int j = 0; j < i; j++) {
          double squared = 0;
          for (int c = 0; c < 3_000; c++) {
            double difference = (double) rows.deltas()[i][c] - rows.deltas()[j][c];
            squared += difference * difference;
          }
          double fromGram = gram[i * 8 + i] + gram[j * 8 + j] - 2 * gram[i * 8 + j];
          assertThat(Math.abs(fromGram / squared - 1))
              .as("outliers %s", distance)
              .isLessThan(1e-13);
        }
      }
    }
  }

  @Test
  void leavesTheMergeAloneWhereverTheModelIsCut() {
    Rows whole = Rows.random(4, 6, 6_000);
    float[] expected = whole.merged("geomedian");
    for (int cut : new int[] {700, 2_048, 5_999}) {
      double[] sum = new double[36];
      for (int from = 0; from < 6_000; from += cut) {
        Gram.add(
            sum, Gram.ofChunk(part(whole, from, Math.min(6_000, from + cut)), whole.weights()));
      }
      float[] merged = new float[6_000];
      double[] coefficients = new GeoMedian().solve(sum, whole.weights()).coefficients();
      WeightedSum.of(whole.deltas(), coefficients, merged);
      for (int j = 0; j < 6_000; j++) {
        assertThat(Math.abs(merged[j] - expected[j])).isLessThanOrEqualTo(Math.ulp(expected[j]));
      }
    }
  }

  /** Chunks are computed anywhere and at any time; only the order of adding is fixed. */
  @Test
  void hasTheSameBitsInWhateverOrderTheChunksWereComputed() {
    Rows whole = Rows.random(4, 6, 5_000);
    double[] expected = sumOfParts(whole, new int[] {0, 1, 2, 3, 4});
    for (long seed = 0; seed < 50; seed++) {
      double[] sum = sumOfParts(whole, Rows.order(5, new Random(seed)));
      assertThat(sum).as("seed %d", seed).isEqualTo(expected);
    }
  }

  @Test
  void refusesToAddMatricesOfDifferentRounds() {
    assertThatThrownBy(() -> Gram.add(new double[4], new double[9]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("4", "9", "same round");
  }

  private static double[] sumOfParts(Rows whole, int[] computingOrder) {
    double[][] parts = new double[5][];
    for (int chunk : computingOrder) {
      parts[chunk] =
          Gram.ofChunk(part(whole, chunk * 1_000, chunk * 1_000 + 1_000), whole.weights());
    }
    double[] sum = new double[36];
    for (double[] part : parts) {
      Gram.add(sum, part);
    }
    return sum;
  }

  private static float[][] part(Rows whole, int from, int to) {
    float[][] part = new float[whole.deltas().length][];
    for (int k = 0; k < part.length; k++) {
      part[k] = Arrays.copyOfRange(whole.deltas()[k], from, to);
    }
    return part;
  }
}
