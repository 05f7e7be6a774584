package io.swarmstream.merge;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefusalsTest {

  private static final float[][] TWO = {{1, 2, 3}, {4, 5, 6}};

  @ParameterizedTest
  @ValueSource(strings = {"mean", "coordmedian"})
  void namesWhatIsWrongWithAChunk(String method) {
    CoordinateMerge merge = (CoordinateMerge) MergeMethods.named(method);
    float[] out = new float[3];
    refuses(() -> merge.merge(new float[0][], new int[0], out), "0 deltas", "close a round");
    refuses(() -> merge.merge(ragged(), new int[] {1, 1}, out), "delta 1", "has 2", "has 3");
    refuses(() -> merge.merge(TWO, new int[] {1, 1}, new float[4]), "delta 0", "has 3", "has 4");
    refuses(() -> merge.merge(TWO, new int[] {1}, out), "1 weights for 2 rows");
    refuses(() -> merge.merge(TWO, new int[] {1, -7}, out), "weight 1 is -7", "pass 0");
    refuses(() -> merge.merge(TWO, new int[] {0, 0}, out), "all 2 weights are 0");
  }

  @Test
  void namesWhatIsWrongWithTheRowsOfAGramMatrix() {
    refuses(() -> Gram.ofChunk(new float[0][], new int[0]), "0 deltas");
    refuses(() -> Gram.ofChunk(ragged(), new int[] {1, 1}), "delta 1", "has 2", "has 3");
    refuses(() -> Gram.ofChunk(TWO, new int[] {1, -7}), "weight 1 is -7");
    refuses(() -> Gram.ofChunk(TWO, new int[] {0, 0}), "all 2 weights are 0");
    refuses(() -> Gram.ofChunk(TWO, new int[] {1, 1, 1}), "3 weights for 2 rows");
  }

  @Test
  void namesWhatIsWrongWithAGramMatrix() {
    GeoMedian median = new GeoMedian();
    refuses(() -> median.solve(new double[9], new int[] {1, 1}), "9 entries", "2 x 2");
    refuses(() -> median.solve(new double[0], new int[0]), "all 0 weights are 0");
    refuses(() -> median.solve(new double[1], new int[] {-1}), "weight 0 is -1");
    refuses(
        () -> median.solve(new double[] {1, 0, 0, Double.NaN}, new int[] {1, 1}),
        "rows 1 and 1 is NaN",
        "weight 0");
  }

  @Test
  void namesWhatIsWrongWithCoefficients() {
    float[] out = new float[3];
    refuses(() -> WeightedSum.of(new float[0][], new double[0], out), "0 deltas");
    refuses(() -> WeightedSum.of(ragged(), new double[] {1, 0}, out), "delta 1");
    refuses(() -> WeightedSum.of(TWO, new double[] {1}, out), "1 coefficients for 2 deltas");
    refuses(() -> WeightedSum.of(TWO, new double[] {0, 0}, out), "all 2 coefficients are 0");
    refuses(() -> WeightedSum.of(TWO, new double[] {1, Double.NaN}, out), "coefficient 1 is NaN");
  }

  private static float[][] ragged() {
    return new float[][] {{1, 2, 3}, {4, 5}};
  }

  private static void refuses(ThrowingCallable call, String... words) {
    assertThatThrownBy(call)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(words);
  }
}
