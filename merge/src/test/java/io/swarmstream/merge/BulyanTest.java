package io.swarmstream.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BulyanTest {

  /** Against plain loops in the deltas' own dimension; every other time with many ties. */
  @Test
  void averagesTheValuesNearestToTheMedianOfWhatKrumTakes() {
    for (long seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      int tolerated = random.nextInt(4);
      Rows rows =
          Rows.random(seed, 4 * tolerated + 3 + random.nextInt(6), 100 + random.nextInt(5_000));
      if (seed % 2 == 0) {
        for (float[] row : rows.deltas()) {
          for (int j = 0; j < row.length; j++) {
            row[j] = Math.round(2 * row[j]);
          }
        }
      }
      if (TolerantMethodsTest.countedIndices(rows).size() < 4 * tolerated + 3) {
        continue;
      }
      List<Integer> taken = taken(rows, tolerated);
      float[] merged = rows.merged("bulyan:" + tolerated);
      for (int j = 0; j < merged.length; j++) {
        int column = j;
        double[] values = taken.stream().mapToDouble(i -> rows.deltas()[i][column]).toArray();
        assertThat(merged[j])
            .as("%s, coordinate %d", rows, j)
            .isEqualTo((float) meanAroundMedian(values, 2 * tolerated));
      }
    }
  }

  private static List<Integer> taken(Rows rows, int tolerated) {
    List<Integer> left = TolerantMethodsTest.countedIndices(rows);
    List<Integer> taken = new ArrayList<>();
    while (left.size() > 2 * tolerated) {
      int nearest = Math.max(tolerated + 1, left.size() - tolerated - 2);
      Integer best =
          left.stream()
              .min(
                  Comparator.comparingDouble(
                      i -> TolerantMethodsTest.krumScore(rows, left, i, nearest)))
              .orElseThrow();
      left.remove(best);
      taken.add(best);
    }
    return taken;
  }

  private static double meanAroundMedian(double[] values, int dropped) {
    int n = values.length;
    double[] sorted = Arrays.stream(values).sorted().toArray();
    double median = (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    return IntStream.range(0, n)
            .boxed()
            .sorted(
                Comparator.<Integer>comparingDouble(rank -> Math.abs(sorted[rank] - median))
                    .thenComparing(rank -> Math.abs(2 * rank - (n - 1))))
            .limit(n - dropped)
            .sorted()
            .mapToDouble(rank -> sorted[rank])
            .reduce(0, Double::sum)
        / (n - dropped);
  }

  /** Else the sites with the lowest addresses would have an advantage. */
  @Test
  void isTheSameBitsInAnyOrder() {
    Rows rows = Rows.equal("ones", Rows.random(4, 11, 300).deltas());
    for (String method : List.of("bulyan:1", "bulyan:2")) {
      float[] merged = rows.merged(method);
      for (long seed = 0; seed < 100; seed++) {
        Rows permuted = rows.permuted(Rows.order(11, new Random(seed)));
        assertThat(permuted.merged(method)).isEqualTo(merged);
      }
    }
  }

  /** All are at the same distance from each other. */
  @Test
  void takesTheFirstOfThoseWithTheSameScore() {
    float[][] units = new float[7][7];
    for (int k = 0; k < 7; k++) {
      units[k][k] = 1;
    }

    assertThat(Rows.equal("units", units).solution("bulyan:1").coefficients())
        .containsExactly(1, 1, 1, 1, 1, 0, 0);
  }

  /**
   * A bad value is kept only if it is as near to the median as an honest one, so it can be at most
   * as far outside of the honest values as these are apart; one farther out has no effect.
   */
  @Test
  void badSitesAtAnyDistanceDoNotMoveACoordinateBeyondTheHonestRange() {
    for (long seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      int bad = 1 + random.nextInt(3);
      int n = 4 * bad + 3 + random.nextInt(4);
      float[][] deltas = Rows.random(seed, n, 60).deltas();
      float[][] honest = Arrays.copyOfRange(deltas, bad, n);
      double distance = Math.pow(10, random.nextInt(32) - 1);
      boolean everywhere = random.nextBoolean();
      for (int k = 0; k < bad; k++) {
        // Near an honest delta, but for one coordinate or all of them.
        deltas[k] = honest[0].clone();
        for (int j = 0; j < (everywhere ? deltas[k].length : 1); j++) {
          deltas[k][j] += (float) ((random.nextInt(4) == 0 ? -1 : 1) * distance);
        }
      }
      Rows rows = Rows.equal("seed " + seed, deltas).permuted(Rows.order(n, new Random(seed)));
      float[] merged = rows.merged("bulyan:" + bad);
      for (int j = 0; j < merged.length; j++) {
        int column = j;
        double[] sorted = Arrays.stream(honest).mapToDouble(row -> row[column]).sorted().toArray();
        double low = sorted[0];
        double high = sorted[sorted.length - 1];
        double width = high - low;
        boolean near =
            IntStream.range(0, bad)
                .mapToDouble(k -> deltas[k][column])
                .anyMatch(
                    value ->
                        (value < low && value >= low - width)
                            || (value > high && value <= high + width));
        double beyond = near ? width : 0;
        assertThat((double) merged[j])
            .as("%s, coordinate %d", rows, j)
            .isBetween(low - beyond, high + beyond);
      }
    }
  }

  @Test
  void keepsABadValueThatIsNearerToTheMedianThanHonestOnes() {
    float[] merged = new float[1];
    new MeanAroundMedian("bulyan:1", 2)
        .merge(new float[][] {{-10}, {-10}, {0}, {0}, {1}}, new int[] {1, 1, 1, 1, 1}, merged);

    assertThat(merged[0]).isCloseTo(1 / 3f, within(1e-7f));
  }

  @Test
  void countsSitesAlikeWhateverTheirWeightAndNotThoseOfWeightZero() {
    Rows seven = Rows.equal("seven", Rows.random(3, 7, 200).deltas());
    float[][] eight = Arrays.copyOf(seven.deltas(), 8);
    eight[7] = eight[0].clone();
    Rows weighted = new Rows("weighted", eight, new int[] {1, 100, 1, 7, 1_000_000, 1, 2, 0});

    for (String method : List.of("bulyan:1", "nnm+bulyan:1")) {
      assertThat(weighted.merged(method)).isEqualTo(seven.merged(method));
    }
  }

  @Test
  void refusesTooFewParticipants() {
    Rows rows =
        new Rows("one out", Rows.random(1, 7, 10).deltas(), new int[] {1, 1, 0, 1, 1, 1, 1});
    for (String method : List.of("bulyan:1", "nnm+bulyan:1")) {
      assertThatThrownBy(() -> rows.merged(method))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContainingAll(
              method, "at least 7 participants", "there are 6", "minPeers", "fewer bad sites");
    }
  }

  @Test
  void refusesCoefficientsOfAnotherSize() {
    assertThatThrownBy(
            () ->
                new Bulyan(0)
                    .apply(new float[3][1], new int[] {1, 1, 1}, new double[2], new float[1]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 coefficients for 3 deltas");
  }
}
