package io.swarmstream.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScaledGramTest {

  @Test
  void isTheSameBitsAsWithoutZeroWhenNothingIsScaled() {
    for (long seed = 0; seed < 100; seed++) {
      Rows rows = Rows.random(seed, 2 + new Random(seed).nextInt(8), 1_500);
      double[] ones = new double[rows.weights().length];
      Arrays.fill(ones, 1);

      assertThat(Gram.scaled(Gram.withZero(rows.deltas(), rows.weights()), ones))
          .as("%s", rows)
          .containsExactly(Gram.ofChunk(rows.deltas(), rows.weights()));
    }
  }

  @Test
  void knowsTheDistancesOfScaledRows() {
    for (long seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      int n = 3 + random.nextInt(6);
      Rows rows = Rows.equal("seed " + seed, Rows.random(seed, n, 300).deltas());
      double[] factors = random.doubles(n).map(f -> f < 0.3 ? 1 : f).toArray();
      factors[0] = 1e-30;
      NormLimit.scale(new float[][] {rows.deltas()[0]}, new double[] {1e30});
      double[] gram = Gram.scaled(Gram.withZero(rows.deltas(), rows.weights()), factors);
      NormLimit.scale(rows.deltas(), factors);
      SquaredDistances distances = SquaredDistances.of(gram, rows.weights());
      SquaredDistances expected =
          SquaredDistances.of(Gram.ofChunk(rows.deltas(), rows.weights()), rows.weights());
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          assertThat(distances.between(i, j))
              .as("%s, %d and %d", rows, i, j)
              .isCloseTo(expected.between(i, j), within(1e-5 * expected.between(i, j) + 1e-9));
        }
      }
    }
  }
}
