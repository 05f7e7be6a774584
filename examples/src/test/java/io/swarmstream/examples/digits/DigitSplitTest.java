package io.swarmstream.examples.digits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DigitSplitTest {
  private static final Samples DIGITS = Digits.load();

  static IntStream everyNumberOfSites() {
    return IntStream.rangeClosed(2, 32);
  }

  @ParameterizedTest
  @MethodSource("everyNumberOfSites")
  void everySampleIsInExactlyOnePlace(int sites) {
    DigitSplit split = split(sites, 1);

    List<Integer> everywhere =
        Stream.concat(Stream.of(split.test()), split.sites().stream())
            .flatMap(DigitSplitTest::rows)
            .toList();
    assertThat(everywhere).doesNotHaveDuplicates().hasSize(DIGITS.size());
    assertThat(rows(split.pooled()).sorted())
        .containsExactlyElementsOf(
            split.sites().stream().flatMap(DigitSplitTest::rows).sorted().toList());
  }

  @Test
  void theTestSetHoldsAFifthOfEveryDigit() {
    int[] all = DIGITS.countByClass();
    int[] test = split(4, 1).test().countByClass();

    for (int digit = 0; digit < all.length; digit++) {
      assertThat(test[digit] / (double) all[digit]).isBetween(0.195, 0.205);
    }
  }

  @ParameterizedTest
  @MethodSource("everyNumberOfSites")
  void aSiteSeesHardlyAnythingButItsFavourites(int sites) {
    DigitSplit split = split(sites, 1);

    for (int site = 0; site < sites; site++) {
      int[] counts = split.sites().get(site).countByClass();
      int favoured = split.favoured(site).stream().mapToInt(digit -> counts[digit]).sum();
      assertThat(favoured / (double) split.sites().get(site).size()).isGreaterThan(0.9);
      assertThat(split.favoured(site)).allSatisfy(digit -> assertThat(counts[digit]).isPositive());
    }
  }

  @ParameterizedTest
  @MethodSource("everyNumberOfSites")
  void theDemoGivesEveryDigitAtLeastHalfOfTheSitesAsFavourers(int sites) {
    for (long seed = 0; seed < 20; seed++) {
      DigitSplit split = split(sites, seed);
      for (int digit = 0; digit < Digits.CLASSES; digit++) {
        assertThat(favourers(split, digit)).isGreaterThanOrEqualTo((sites + 1) / 2);
      }
    }
  }

  @Test
  void fewSitesFavourMoreDigitsThanAskedForSoThatNoneIsLeftOut() {
    DigitSplit split = DigitSplit.of(DIGITS, new SplitOptions(3, 1, 0, 0.2, 1));

    for (int digit = 0; digit < Digits.CLASSES; digit++) {
      assertThat(favourers(split, digit)).isPositive();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 5, 32})
  void sitesHoldAboutEquallyManySamples(int sites) {
    List<Integer> sizes = split(sites, 3).sites().stream().map(Samples::size).toList();

    double mean = sizes.stream().mapToInt(Integer::intValue).average().orElseThrow();
    assertThat(sizes).allSatisfy(size -> assertThat(size / mean).isBetween(0.75, 1.25));
  }

  @Test
  void oneSeedDealsOneSplitAndAnotherSeedAnother() {
    List<Integer> once = rows(split(4, 7).sites().get(2)).toList();

    assertThat(rows(split(4, 7).sites().get(2))).containsExactlyElementsOf(once);
    assertThat(rows(split(4, 8).sites().get(2)).toList()).isNotEqualTo(once);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1, 33})
  void refusesANumberOfSitesItHasNoSamplesFor(int sites) {
    assertThatThrownBy(() -> DemoDefaults.split(sites, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("sites must be 2 to 32, got " + sites);
  }

  private static DigitSplit split(int sites, long seed) {
    return DigitSplit.of(DIGITS, DemoDefaults.split(sites, seed));
  }

  private static Stream<Integer> rows(Samples samples) {
    return IntStream.range(0, samples.size()).mapToObj(samples::row);
  }

  private static long favourers(DigitSplit split, int digit) {
    return IntStream.range(0, split.sites().size())
        .filter(site -> split.favoured(site).contains(digit))
        .count();
  }
}
