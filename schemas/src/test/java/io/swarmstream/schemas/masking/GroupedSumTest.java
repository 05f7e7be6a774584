package io.swarmstream.schemas.masking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class GroupedSumTest {
  private static final int LENGTH = 1_000;

  /** Seventeen sites in four groups: of five, and three times four. */
  private final MaskingRound round = new MaskingRound(17, 17, 12, "grouped(groups=4,range=2)");

  private final Groups groups = round.cohort.groups(round.terms);

  @Test
  void haveSizesThatDifferByOneAtMost() {
    assertThat(round.cohort.members().stream().map(groups::number))
        .containsOnly(0, 1, 2, 3)
        .filteredOn(number -> number == 0)
        .hasSize(5);
    assertThat(List.of(group(1).size(), group(2).size(), group(3).size())).containsOnly(4);
  }

  @Test
  void areDrawnAnewForEachCohort() {
    Groups others = round.cohortOf(15).groups(round.terms);
    assertThat(group(0)).anyMatch(site -> others.number(site) != 0);
    Set<Integer> neighbours = new HashSet<>();
    group(0).forEach(site -> neighbours.add(others.number(site)));
    assertThat(neighbours).hasSizeGreaterThan(1);
  }

  /** Two sites of one group are missing, and one of another. */
  @Test
  void giveTheMeanOfEachGroup() {
    List<String> missing = List.of(group(0).get(1), group(0).get(4), group(2).get(0));
    List<String> in = new ArrayList<>(round.cohort.members());
    in.removeAll(missing);
    Set<String> participants = new HashSet<>(in);
    assertThat(new Unmasking(round.cohort, participants).flaw(round.terms)).isEmpty();

    MaskedSum sums = sums(in);
    Map<Integer, int[]> plain = new HashMap<>();
    List<byte[]> payloads = new ArrayList<>();
    int[] weights = new int[in.size()];
    FixedPoint scale = round.cohort.scale(MaskingRound.RANGE);
    for (int row = 0; row < in.size(); row++) {
      String site = in.get(row);
      weights[row] = 1 + row % 3;
      float[] delta = MaskingRound.delta(site, LENGTH);
      payloads.add(round.payload(site, 5, delta, weights[row]));
      int[] sum = plain.computeIfAbsent(groups.number(site), group -> new int[LENGTH + 1]);
      int[] encoded = scale.encode(delta, weights[row]);
      for (int i = 0; i < LENGTH; i++) {
        sum[i] += encoded[i];
      }
      sum[LENGTH] += weights[row];
    }

    float[][] means = sums.means(5, payloads, weights);
    assertThat(means).hasNumberOfRows(4);
    for (int group = 0; group < 4; group++) {
      int[] sum = plain.getOrDefault(group, new int[0]);
      int weight = sum[LENGTH];
      float[] mean = scale.mean(Arrays.copyOf(sum, LENGTH), weight);
      assertThat(means[group]).isEqualTo(mean);
    }
    assertThat(sums.weights(weights)).containsExactly(1, 1, 1, 1);
    sums.sums().get(1).rows().forEach(row -> weights[row] = 0);
    assertThat(sums.weights(weights)).containsExactly(1, 0, 1, 1);
  }

  /** Two of a group could each take its own delta from their sum. */
  @Test
  void hideAGroupOfWhichTooFewAreThere() {
    List<String> two = group(1).subList(0, 2);
    Set<String> complete = new TreeSet<>(round.cohort.members());
    complete.removeAll(group(1));
    complete.addAll(two);
    assertThat(new Unmasking(round.cohort, complete).flaw(round.terms))
        .contains("it names fewer than 3 sites of a group of the cohort");

    Set<String> hidden = round.cohort.hidden(complete, round.terms);
    assertThat(hidden).hasSize(13).doesNotContainAnyElementsOf(two);
    assertThat(new Unmasking(round.cohort, hidden).flaw(round.terms)).isEmpty();
    assertThat(round.cohort.represented(hidden, round.terms)).isEqualTo(3);
    assertThat(sums(List.copyOf(hidden)).sums()).hasSize(3);
  }

  @Test
  void needThreeGroups() {
    Set<String> two = new TreeSet<>(group(0));
    two.addAll(group(1));
    assertThat(round.cohort.represented(two, round.terms)).isZero();
    assertThat(new Unmasking(round.cohort, two).flaw(round.terms))
        .contains("it names sites of 2 of 4 groups of the cohort");
  }

  private MaskedSum sums(List<String> in) {
    Set<String> participants = new HashSet<>(in);
    return MaskedSum.of(
        round.cohort.hash(),
        round.solve(participants, new HashSet<>(round.cohort.members())).orElseThrow(),
        in,
        round.cohort.weightLimit(),
        round.terms);
  }

  private List<String> group(int number) {
    return round.cohort.members().stream().filter(site -> groups.number(site) == number).toList();
  }
}
