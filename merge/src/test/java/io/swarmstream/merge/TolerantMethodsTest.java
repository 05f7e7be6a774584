package io.swarmstream.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The methods that reckon with bad sites, against plain loops in the deltas' own dimension. */
class TolerantMethodsTest {

  @Test
  void trimmedMeanDropsTheLowestAndTheHighest() {
    for (long seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      int tolerated = random.nextInt(4);
      Rows rows =
          Rows.random(seed, 2 * tolerated + 1 + random.nextInt(8), 1 + random.nextInt(5000));
      List<float[]> counted = counted(rows);
      if (counted.size() <= 2 * tolerated) {
        continue;
      }
      float[] merged = rows.merged("trimmedmean:" + tolerated);
      for (int j = 0; j < merged.length; j++) {
        int column = j;
        double[] sorted = counted.stream().mapToDouble(row -> row[column]).sorted().toArray();
        double sum = 0;
        for (int k = tolerated; k < sorted.length - tolerated; k++) {
          sum += sorted[k];
        }
        assertThat(merged[j])
            .as("%s, coordinate %d", rows, j)
            .isEqualTo((float) (sum / (sorted.length - 2 * tolerated)));
      }
    }
  }

  @Test
  void trimmedMeanIsTheSameBitsInAnyOrder() {
    Rows rows = Rows.equal("ones", Rows.random(4, 9, 300).deltas());
    float[] merged = rows.merged("trimmedmean:2");
    for (long seed = 0; seed < 100; seed++) {
      Rows permuted = rows.permuted(Rows.order(9, new Random(seed)));
      assertThat(permuted.merged("trimmedmean:2")).isEqualTo(merged);
    }
  }

  @Test
  void multiKrumAveragesTheDeltasWithTheLowestScores() {
    for (long seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      int tolerated = random.nextInt(3);
      Rows rows =
          Rows.random(seed, 2 * tolerated + 3 + random.nextInt(6), 100 + random.nextInt(300));
      List<Integer> counted = countedIndices(rows);
      if (counted.size() < 2 * tolerated + 3) {
        continue;
      }
      int keep = counted.size() - tolerated;
      List<Integer> best = new ArrayList<>(counted);
      best.sort(Comparator.comparingDouble(i -> krumScore(rows, counted, i, keep - 2)));
      List<Integer> kept = best.subList(0, keep);
      double total = kept.stream().mapToDouble(i -> rows.weights()[i]).sum();
      float[] merged = rows.merged("multikrum:" + tolerated);
      for (int j = 0; j < merged.length; j++) {
        double sum = 0;
        for (int i : kept) {
          sum += rows.weights()[i] / total * rows.deltas()[i][j];
        }
        assertThat((double) merged[j])
            .as("%s, coordinate %d", rows, j)
            .isCloseTo(sum, within(1e-6));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mean", "coordmedian", "geomedian", "trimmedmean", "multikrum", "bulyan"})
  void mixesEachDeltaWithItsNearest(String method) {
    int tolerated = 2;
    String suffix = MergeMethods.names().contains(method) ? "" : ":2";
    int least = MergeMethods.named("nnm+" + method + ":2").minParticipants();
    for (long seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      Rows rows =
          Rows.random(seed, Math.max(7, least) + random.nextInt(5), 4_000 + random.nextInt(300));
      Arrays.setAll(rows.weights(), k -> Math.max(1, rows.weights()[k] % 100));
      Rows mixed = new Rows(rows + ", mixed", mixed(rows, tolerated), rows.weights());
      float[] expected = mixed.merged(method + suffix);
      float[] merged = rows.merged("nnm+" + method + ":" + tolerated);
      for (int j = 0; j < merged.length; j++) {
        assertThat(merged[j])
            .as("%s, coordinate %d", rows, j)
            .isCloseTo(expected[j], within(1e-5f));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "trimmedmean:2",
        "multikrum:2",
        "bulyan:2",
        "nnm+coordmedian:2",
        "nnm+geomedian:2",
        "nnm+trimmedmean:2",
        "nnm+multikrum:2",
        "nnm+bulyan:2"
      })
  void staysAmongTheHonestWhateverTwoBadSitesSend(String method) {
    for (float bad : new float[] {1e3f, 0x1p50f, -0x1p127f}) {
      Rows rows = Rows.equal("bad " + bad, Rows.random(6, 11, 500).deltas());
      Arrays.fill(rows.deltas()[0], bad);
      Arrays.fill(rows.deltas()[7], method.startsWith("trimmed") ? -bad : bad);
      double[] middle = honestMean(rows, 0, 7);
      double distance = 0;
      float[] merged = rows.merged(method);
      for (int j = 0; j < merged.length; j++) {
        distance += Math.pow(merged[j] - middle[j], 2);
      }
      assertThat(Math.sqrt(distance / merged.length)).as("%s, %s", method, rows).isLessThan(0.6);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"trimmedmean:2", "multikrum:1", "nnm+mean:2"})
  void refusesTooFewParticipants(String method) {
    Rows rows = new Rows("one out", Rows.random(1, 5, 10).deltas(), new int[] {1, 1, 0, 1, 1});
    assertThatThrownBy(() -> rows.merged(method))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(method, "at least 5 participants", "there are 4", "minPeers");
  }

  @Test
  void refusesCoefficientsOfAnotherSize() {
    GramMerge mixed = (GramMerge) MergeMethods.named("nnm+coordmedian:0");
    assertThatThrownBy(
            () ->
                mixed.apply(
                    new float[][] {{1}, {2}}, new int[] {1, 1}, new double[2], new float[1]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("2 coefficients", "2 x 2");
  }

  private static double[] honestMean(Rows rows, int... bad) {
    double[] mean = new double[rows.deltas()[0].length];
    int honest = rows.deltas().length - bad.length;
    for (int k = 0; k < rows.deltas().length; k++) {
      int row = k;
      if (Arrays.stream(bad).noneMatch(one -> one == row)) {
        for (int j = 0; j < mean.length; j++) {
          mean[j] += rows.deltas()[k][j] / (double) honest;
        }
      }
    }
    return mean;
  }

  private static float[][] mixed(Rows rows, int tolerated) {
    List<Integer> all = countedIndices(rows);
    float[][] mixed = new float[rows.deltas().length][rows.deltas()[0].length];
    for (int i : all) {
      List<Integer> nearest = new ArrayList<>(all);
      nearest.sort(Comparator.comparingDouble(k -> squared(rows, i, k)));
      for (int j = 0; j < mixed[i].length; j++) {
        double sum = 0;
        for (int k : nearest.subList(0, all.size() - tolerated)) {
          sum += rows.deltas()[k][j];
        }
        mixed[i][j] = (float) (sum / (all.size() - tolerated));
      }
    }
    return mixed;
  }

  static double krumScore(Rows rows, List<Integer> counted, int i, int nearest) {
    return counted.stream()
        .filter(k -> k != i)
        .mapToDouble(k -> squared(rows, i, k))
        .sorted()
        .limit(nearest)
        .sum();
  }

  private static double squared(Rows rows, int i, int k) {
    double sum = 0;
    for (int j = 0; j < rows.deltas()[i].length; j++) {
      double difference = (double) rows.deltas()[i][j] - rows.deltas()[k][j];
      sum += difference * difference;
    }
    return sum;
  }

  private static List<float[]> counted(Rows rows) {
    return countedIndices(rows).stream().map(k -> rows.deltas()[k]).toList();
  }

  static List<Integer> countedIndices(Rows rows) {
    List<Integer> counted = new ArrayList<>();
    for (int k = 0; k < rows.weights().length; k++) {
      if (rows.weights()[k] > 0) {
        counted.add(k);
      }
    }
    return counted;
  }
}
