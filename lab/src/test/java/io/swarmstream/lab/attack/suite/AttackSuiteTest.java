package io.swarmstream.lab.attack.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.lab.attack.learner.AttackData;
import io.swarmstream.lab.attack.learner.DataSplit;
import io.swarmstream.lab.attack.suite.SuiteResult.AttackCell;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The short form of what docs/robustness.md reports: that attacks work where nothing holds them
 * off, and fail where the theory of a merge method says so.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AttackSuiteTest {
  private static final int ROUNDS = 10;
  private static final long SEED = 1;

  /** Points of accuracy that the luck of one training of ten rounds may cost. */
  private static final double LUCK = 0.06;

  private static final double COLLAPSE = 0.4;

  private final SuiteResult even =
      run(
          3,
          List.of(
              Attack.LABEL_FLIP,
              Attack.SIGN_FLIP,
              Attack.GAUSSIAN,
              Attack.SCALING,
              Attack.BACKDOOR,
              Attack.HEAVY),
          List.of(
              "mean",
              "coordmedian",
              "geomedian",
              "trimmedmean:F",
              "multikrum:F",
              "nnm+trimmedmean:F"),
          "none",
          DataSplit.EVEN);

  private static SuiteResult run(
      int bad, List<Attack> attacks, List<String> merges, String maxNorm, DataSplit split) {
    return run(bad, 1, attacks, merges, maxNorm, split);
  }

  private static SuiteResult run(
      int bad,
      int groups,
      List<Attack> attacks,
      List<String> merges,
      String maxNorm,
      DataSplit split) {
    System.out.println("AttackSuiteTest: seed " + SEED);
    try {
      return new AttackSuite(
              new SuiteOptions(
                  AttackData.DIGITS,
                  12,
                  bad,
                  groups,
                  ROUNDS,
                  1,
                  SEED,
                  attacks,
                  merges,
                  List.of(maxNorm),
                  List.of(split)))
          .run((ended, of) -> {});
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** Points lost, of a result with one split and one norm limit. */
  private static double lost(SuiteResult result, String attack, String merge) {
    AttackCell any = result.cells().get(0);
    AttackCell cell = result.cell(any.split(), any.maxNorm(), attack, merge);
    return Objects.requireNonNull(cell.lost()).mean();
  }

  private double lost(String attack, String merge) {
    return lost(even, attack, merge);
  }

  private double triggered(String attack, String merge) {
    return Objects.requireNonNull(even.cell("even", "none", attack, merge).triggered()).mean();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sign-flip", "scaling"})
  void theMeanCollapses(String attack) {
    assertThat(lost(attack, "mean")).isGreaterThan(COLLAPSE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"coordmedian", "geomedian", "trimmedmean:3", "multikrum:3", "nnm+trimmedmean:3"})
  void robustMethodsHoldOffAQuarterOfTheSites(String merge) {
    for (String attack : List.of("label-flip", "sign-flip", "gaussian", "scaling")) {
      assertThat(lost(attack, merge)).as("%s, seed %d", attack, SEED).isLessThan(LUCK);
    }
  }

  @Test
  void aNormLimitSavesTheMeanFromReplacementOnly() {
    SuiteResult limited =
        run(3, List.of(Attack.SCALING, Attack.HEAVY), List.of("mean"), "median*2", DataSplit.EVEN);
    assertThat(lost(limited, "scaling", "mean")).isLessThan(lost("scaling", "mean") / 2);
    assertThat(lost(limited, "heavy", "mean")).isGreaterThan(COLLAPSE);
  }

  @Test
  void theBackdoorOpensTheMeanAndStaysOutOfMultiKrum() {
    assertThat(triggered("nobody", "mean")).isLessThan(0.1);
    assertThat(triggered("backdoor", "mean")).isGreaterThan(0.8);
    assertThat(lost("backdoor", "mean")).isLessThan(2 * LUCK);
    assertThat(triggered("backdoor", "multikrum:3")).isLessThan(0.1);
  }

  /** The share limit is for one site; several with great weights have the majority. */
  @ParameterizedTest
  @CsvSource({"coordmedian, true", "geomedian, true", "trimmedmean:3, false"})
  void sitesWithGreatWeightsOutvoteMethodsThatCountThem(String merge, boolean outvoted) {
    assertThat(lost("heavy", merge) > COLLAPSE).isEqualTo(outvoted);
  }

  /** A weight counts within its group only. */
  @Test
  void fewerBadSitesThanHalfOfTheMaskedGroupsAreHeldOff() {
    List<String> merges = List.of("coordmedian", "geomedian", "trimmedmean:1");
    List<Attack> attacks = List.of(Attack.SIGN_FLIP, Attack.SCALING, Attack.HEAVY);
    SuiteResult one = run(1, 4, attacks, merges, "none", DataSplit.EVEN);
    SuiteResult three = run(3, 4, List.of(Attack.SIGN_FLIP), merges, "none", DataSplit.EVEN);
    for (String merge : merges) {
      for (Attack attack : attacks) {
        assertThat(lost(one, attack.toString(), merge))
            .as("%s of %s", attack, merge)
            .isLessThan(LUCK);
      }
      assertThat(lost(three, "sign-flip", merge)).as(merge).isGreaterThan(COLLAPSE);
    }
  }

  /** It needs eleven sites to tolerate two. */
  @Test
  void bulyanHoldsOffTwoOfTwelveSitesWhateverTheirWeight() {
    List<Attack> attacks = List.of(Attack.SIGN_FLIP, Attack.LITTLE, Attack.SCALING, Attack.HEAVY);
    SuiteResult two = run(2, attacks, List.of("bulyan:F"), "none", DataSplit.EVEN);
    for (Attack attack : attacks) {
      assertThat(lost(two, attack.toString(), "bulyan:2")).as("%s", attack).isLessThan(LUCK);
    }
  }

  @Test
  void halfOfTheSitesAreTooMany() {
    SuiteResult half =
        run(
            6,
            List.of(Attack.SIGN_FLIP),
            List.of("coordmedian", "geomedian", "trimmedmean:3"),
            "none",
            DataSplit.EVEN);
    for (String merge : List.of("coordmedian", "geomedian", "trimmedmean:3")) {
      assertThat(lost(half, "sign-flip", merge)).as(merge).isGreaterThan(COLLAPSE);
    }
  }

  @Test
  void mixingNeighboursHelpsWhereDataAreSkewed() {
    SuiteResult skewed =
        run(
            3,
            List.of(Attack.INNER_PRODUCT),
            List.of("trimmedmean:F", "nnm+trimmedmean:F"),
            "none",
            DataSplit.SKEWED);
    assertThat(lost(skewed, "inner-product", "nnm+trimmedmean:3"))
        .isLessThan(lost(skewed, "inner-product", "trimmedmean:3"));
  }
}
