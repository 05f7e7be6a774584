package io.swarmstream.lab.attack.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class RoundMergeTest {
  private static final int[] ONES = {1, 1, 1};
  private static final int[] ALONE = {0, 0, 0};
  private static final Offset<Float> NEARLY = Offset.offset(1e-4f);

  @Test
  void scalesDownWhatIsTooLongAndLeavesTheSendersRows() {
    float[][] sent = {{1, 0}, {1, 0}, {100, 0}};

    assertThat(new RoundMerge("mean", "median*2", 3).merge(sent, ONES, ALONE)[0])
        .isCloseTo(4 / 3f, NEARLY);
    assertThat(new RoundMerge("mean", "none", 3).merge(sent, ONES, ALONE)[0]).isCloseTo(34, NEARLY);
    assertThat(sent[2]).containsExactly(100, 0);
  }

  @Test
  void scalesBeforeAMethodComparesDistances() {
    float[][] sent = {{1, 0}, {0, 1}, {100, 100}};

    float[] merged = new RoundMerge("geomedian", "1", 3).merge(sent, ONES, ALONE);

    // Of (1, 0), (0, 1) and (0.7, 0.7): an angle above 120 degrees, so the third is the median.
    assertThat(merged[0]).isCloseTo((float) Math.sqrt(0.5), NEARLY);
    assertThat(merged[1]).isCloseTo((float) Math.sqrt(0.5), NEARLY);
  }

  @Test
  void lowersTheWeightOfASiteThatAsksForMost() {
    float[][] sent = {{9}, {1}, {1}};

    assertThat(
            new RoundMerge("coordmedian", "none", 3).merge(sent, new int[] {100, 1, 1}, ALONE)[0])
        .isEqualTo(1);
  }

  @Test
  void rejectsWhatIsNotFinite() {
    float[][] sent = {{Float.NaN}, {1}, {3}};

    assertThat(new RoundMerge("mean", "none", 3).merge(sent, ONES, ALONE)[0]).isEqualTo(2);
  }

  @Test
  void leavesTheModelAsItIsWhenTooFewCount() {
    float[][] sent = {{5}, {5}, {5}};

    assertThat(
            new RoundMerge("trimmedmean:1", "none", 3).merge(sent, new int[] {1, 1, 0}, ALONE)[0])
        .isZero();
  }

  /** Means 3 (of 2 and, three times, 3.33), 5 and 7, which count the same. */
  @Test
  void mergesTheMeansOfGroups() {
    float[][] sent = {{2}, {10 / 3f}, {5}, {5}, {7}, {7}, {900}};
    int[] weights = {1, 3, 1, 1, 1, 1, 0};
    int[] groups = {0, 0, 1, 1, 2, 2, 2};

    RoundMerge median = new RoundMerge("coordmedian", "none", 7, 3);
    assertThat(median.merge(sent, weights, groups)[0]).isEqualTo(5);
    RoundMerge mean = new RoundMerge("mean", "none", 7, 3);
    assertThat(mean.merge(sent, weights, groups)[0]).isCloseTo(5, NEARLY);
  }

  @Test
  void drawsGroupsOfNearlyTheSameSize() {
    RoundMerge merge = new RoundMerge("coordmedian", "none", 11, 3);
    int[] drawn = merge.draw(new SplittableRandom(7));
    assertThat(drawn).containsOnly(0, 1, 2);
    assertThat(Arrays.stream(drawn).filter(group -> group == 2)).hasSize(3);
    assertThat(merge.draw(new SplittableRandom(8))).isNotEqualTo(drawn);
  }

  @Test
  void refusesAMethodThatNeedsMoreSites() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RoundMerge("multikrum:3", "none", 8))
        .withMessageContaining("multikrum:3 needs at least 9");
  }
}
