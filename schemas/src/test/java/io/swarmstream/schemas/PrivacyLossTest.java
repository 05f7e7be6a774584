package io.swarmstream.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.swarmstream.schemas.wire.GoldenRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrivacyLossTest {

  /**
   * The values are those of Google's dp-accounting 0.6.0, {@code
   * dp_accounting.get_epsilon_gaussian(noise / sqrt(rounds), delta)}. {@code
   * python/tests/test_privacy_loss.py} reads this table and computes them again.
   */
  @ParameterizedTest
  @CsvSource({
    // noise, rounds, delta, epsilon
    "1.1, 1, 1e-5, 3.921250252860957",
    "1.1, 30, 1e-5, 32.91289422781052",
    "0.5, 10, 1e-5, 46.21121019121809",
    "4, 100, 1e-6, 14.45077696599136",
    "10, 1000, 1e-5, 17.856586830107616",
    "0.3, 50, 1e-5, 377.38345550960133",
    "30, 10, 1e-5, 0.3607889157894015",
    "1, 100, 1e-3, 80.03252609415051",
    "0.1, 1, 1e-9, 109.19559688180637",
  })
  void isThatOfDpAccounting(double noise, long rounds, double delta, double epsilon) {
    assertThat(PrivacyLoss.of(noise, delta, rounds).epsilon())
        .isCloseTo(epsilon, withinPercentage(1e-5));
  }

  @Test
  void growsWithTheRoundsAndFallsWithNoiseAndDelta() {
    double epsilon = PrivacyLoss.of(1, 1e-5, 10).epsilon();

    assertThat(PrivacyLoss.of(1, 1e-5, 11).epsilon()).isGreaterThan(epsilon);
    assertThat(PrivacyLoss.of(1.1, 1e-5, 10).epsilon()).isLessThan(epsilon);
    assertThat(PrivacyLoss.of(1, 1e-4, 10).epsilon()).isLessThan(epsilon);
  }

  /** Where a naive formula would divide zero by zero, or take the logarithm of zero. */
  @ParameterizedTest
  @CsvSource({
    "0.001, 1e-12, 1000000",
    "0.000001, 1e-12, 1",
    "1000, 1e-12, 1",
    "1000, 0.5, 1",
    "1000, 1e-12, 1000000000",
    "1, 0.999, 1",
    "0.01, 0.999, 1",
  })
  void isAFiniteNumber(double noise, double delta, long rounds) {
    assertThat(PrivacyLoss.of(noise, delta, rounds).epsilon()).isFinite().isNotNegative();
  }

  @Test
  void isZeroBeforeTheFirstRoundAndWithSoMuchNoiseThatDeltaAloneCoversIt() {
    assertThat(PrivacyLoss.of(1, 1e-5, 0).epsilon()).isZero();
    assertThat(PrivacyLoss.of(1000, 0.01, 1).epsilon()).isZero();
  }

  @Test
  void isOfContractsWithNoiseOnly() {
    ContractTerms terms = GoldenRecord.TERMS;

    assertThat(PrivacyLoss.after(terms, 3)).isEmpty();
    assertThat(PrivacyLoss.after(terms.withPrivacy(Privacy.of("dp(clip=1,noise=0)")), 3)).isEmpty();
    assertThat(PrivacyLoss.after(terms.withPrivacy(Privacy.of("dp(clip=1,noise=2)")), 3))
        .contains(PrivacyLoss.of(2, 1e-5, 3));
    assertThat(PrivacyLoss.after(terms.withPrivacy(Privacy.of("dp(clip=1,noise=2)")), -1))
        .contains(new PrivacyLoss(0, 1e-5, 0));
  }

  @Test
  void saysWhatItIs() {
    assertThat(PrivacyLoss.of(1.1, 1e-5, 1))
        .hasToString("epsilon 3.92 at delta 1e-05 after 1 round");
    assertThat(PrivacyLoss.of(1.1, 1e-5, 30))
        .hasToString("epsilon 32.9 at delta 1e-05 after 30 rounds");
  }
}
