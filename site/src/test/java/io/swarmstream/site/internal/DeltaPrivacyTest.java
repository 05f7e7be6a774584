package io.swarmstream.site.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.swarmstream.schemas.AdaptiveClip;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.DeltaEncoding;
import io.swarmstream.schemas.Optimizer;
import io.swarmstream.schemas.contribution.Contribution;
import io.swarmstream.schemas.contribution.DeltaRangeException;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.layout.FlatVector;
import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.schemas.rounds.CheckIn;
import io.swarmstream.site.PrivacyException;
import io.swarmstream.site.RoundParticipant;
import io.swarmstream.site.RoundSummary;
import io.swarmstream.site.TrainingReport;
import io.swarmstream.testkit.TestContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeltaPrivacyTest {
  private static final Hash BASE = Hash.sha256(new byte[] {1});
  private static final int VALUES = 200_000;

  @TempDir Path memory;

  private static TestContract contract(String privacy, int minPeers, int values, int chunk) {
    return TestContract.of("digits", "mean", 4, minPeers, 0, values, chunk).withPrivacy(privacy);
  }

  private static ContractTerms terms(String privacy) {
    return contract(privacy, 4, VALUES, 65_536).terms();
  }

  private static float[] all(FlatVector vector, int count) {
    float[] values = new float[count];
    vector.read(0, values, count);
    return values;
  }

  private static FlatVector zero(int count) {
    return FlatVector.of(new float[count]);
  }

  private float[] noise(long round) {
    DeltaPrivacy site = new DeltaPrivacy(terms("dp(clip=2,noise=1.5)"), Optional.empty());
    return all(site.of(zero(VALUES), round, BASE, 0), VALUES);
  }

  /**
   * The estimates of mean and variance of so many values have deviations that are known; six of
   * them are exceeded once in five hundred million runs.
   */
  @Test
  void addsNoiseWithTheDeviationOfTheTermsToEachValue() {
    float[] noise = noise(3);
    double deviation = 1.5 * 2 / Math.sqrt(4);

    double mean = Stats.mean(noise);
    double variance = Stats.product(noise, noise);
    assertThat(mean).isCloseTo(0, within(6 * deviation / Math.sqrt(VALUES)));
    assertThat(variance / (deviation * deviation))
        .isCloseTo(1, within(6 * Math.sqrt(2.0 / VALUES)));
    // As many beyond two deviations as a normal distribution has: 4.55 %.
    double beyond = Stats.share(noise, 2 * deviation);
    assertThat(beyond).isCloseTo(0.0455003, within(6 * Math.sqrt(0.0455 * 0.9545 / VALUES)));
  }

  @Test
  void drawsIndependentNoiseForEachSiteRoundAndChunk() {
    float[] one = noise(1);
    float[] otherSite = noise(1);
    float[] otherRound = noise(2);
    float[] shifted = Arrays.copyOf(Arrays.copyOfRange(one, 65_536, VALUES), VALUES);
    double unit = Stats.product(one, one);

    for (float[] other : List.of(otherSite, otherRound, shifted)) {
      assertThat(Stats.product(one, other) / unit).isCloseTo(0, within(6 / Math.sqrt(VALUES)));
    }
    // Blocks of the generator, and neighbours.
    for (int distance : new int[] {1, 2, 4096, 8192}) {
      float[] later = Arrays.copyOf(Arrays.copyOfRange(one, distance, VALUES), VALUES);
      assertThat(Stats.product(one, later) / unit).isCloseTo(0, within(6 / Math.sqrt(VALUES)));
    }
  }

  @Test
  void readsTheSameValuesInAnyPieces() {
    DeltaPrivacy site = new DeltaPrivacy(terms("dp(clip=2,noise=1.5)"), Optional.empty());
    FlatVector noised = site.of(zero(VALUES), 1, BASE, 0);
    float[] whole = all(noised, VALUES);

    float[] piece = new float[10_000];
    for (int from : new int[] {190_000, 0, 4_095, 4_096, 12_345}) {
      noised.read(from, piece, piece.length);
      assertThat(piece).isEqualTo(Arrays.copyOfRange(whole, from, from + piece.length));
    }
  }

  /** With noise of 0 the contribution is that of the clipped delta, bit by bit. */
  @Test
  void clipsWithoutNoise() {
    float[] delta = {3, -4, 0.1f, 1e-20f, 12};
    double length = 0;
    for (float value : delta) {
      length += (double) value * value;
    }
    length = Math.sqrt(length);
    float[] expected = new float[delta.length];
    for (int i = 0; i < delta.length; i++) {
      expected[i] = (float) (delta[i] * (6.5 / length));
    }

    assertThat(sent("dp(clip=6.5,noise=0)", delta).root())
        .isEqualTo(sent("dp(clip=1000,noise=0)", expected).root());
    assertThat(Stats.length(expected)).isCloseTo(6.5, within(1e-5));
    assertThat(sent("dp(clip=6.5,noise=0)", delta).root())
        .isNotEqualTo(sent("dp(clip=1000,noise=0)", delta).root());
  }

  /** With a clip above all lengths it is the plain delta. */
  @Test
  void leavesAShortDeltaAsItIs() {
    float[] delta = {3, -4, 0.1f, 1e-20f, 12};
    TestContract plain = contract("none", 2, delta.length, 2);
    Contribution unchanged =
        Contribution.sign(
            plain.site(0).key(), plain.terms(), 1, BASE, delta, TestContract.header(1));

    assertThat(sent("dp(clip=14,noise=0)", delta).root()).isEqualTo(unchanged.root());
  }

  private Contribution sent(String privacy, float... delta) {
    TestContract contract = contract(privacy, 2, delta.length, 2);
    FlatVector protectedDelta =
        new DeltaPrivacy(contract.terms(), Optional.empty()).of(FlatVector.of(delta), 1, BASE, 0);
    return Contribution.sign(
        contract.site(0).key(),
        contract.terms(),
        1,
        BASE,
        protectedDelta,
        TestContract.header(1),
        0);
  }

  @Test
  void boundsWhatALongDeltaAddsToTheNoise() {
    float[] delta = new float[VALUES];
    Arrays.fill(delta, 5);
    DeltaPrivacy site = new DeltaPrivacy(terms("dp(clip=2,noise=0.01)"), Optional.empty());
    float[] noised = all(site.of(FlatVector.of(delta), 1, BASE, 0), VALUES);

    double each = 2 / Math.sqrt(VALUES);
    assertThat(Stats.mean(noised)).isCloseTo(each, within(6 * 0.01 / Math.sqrt(VALUES)));
  }

  @Test
  void roundsToAGridThatDoesNotDependOnTheDelta() {
    double grid = Math.scalb(1.0, -10); // the deviation is from 1 to below 2
    for (float value : noise(1)) {
      assertThat(value / grid).isEqualTo(Math.rint(value / grid));
    }
  }

  @Test
  void sendsTheSameNoiseAgainAlsoAfterARestartUntilTheRoundIsOver() throws IOException {
    ContractTerms terms = terms("dp(clip=2,noise=1.5)");
    FlatVector delta = FlatVector.of(new float[VALUES]);
    DeltaPrivacy first = new DeltaPrivacy(terms, Optional.of(memory));
    float[] sent = all(first.of(delta, 4, BASE, 0), VALUES);

    assertThat(all(first.of(delta, 4, BASE, 0), VALUES)).isEqualTo(sent);
    DeltaPrivacy restarted = new DeltaPrivacy(terms, Optional.of(memory));
    restarted.roundOver(3); // what it takes up at its start
    assertThat(all(restarted.of(delta, 4, BASE, 0), VALUES)).isEqualTo(sent);

    restarted.roundOver(4);
    try (Stream<Path> left = Files.list(memory)) {
      assertThat(left).isEmpty();
    }
    DeltaPrivacy later = new DeltaPrivacy(terms, Optional.of(memory));
    assertThat(Stats.product(all(later.of(delta, 4, BASE, 0), VALUES), sent))
        .isCloseTo(0, within(6 * 1.5 * 1.5 / Math.sqrt(VALUES)));
  }

  /** Otherwise the difference of the two would be that of the deltas, without any noise. */
  @Test
  void addsOtherNoiseToAnotherDeltaForTheSameRound() {
    DeltaPrivacy site = new DeltaPrivacy(terms("dp(clip=2,noise=1.5)"), Optional.of(memory));
    float[] other = new float[VALUES];
    other[7] = 1e-6f;

    float[] one = all(site.of(zero(VALUES), 4, BASE, 0), VALUES);
    float[] two = all(site.of(FlatVector.of(other), 4, BASE, 0), VALUES);
    assertThat(Stats.product(one, two)).isCloseTo(0, within(6 * 1.5 * 1.5 / Math.sqrt(VALUES)));
  }

  @Test
  void leavesInitialWeightsAlone() {
    DeltaPrivacy site = new DeltaPrivacy(terms("dp(clip=2,noise=1.5)"), Optional.empty());
    FlatVector weights = FlatVector.of(new float[] {1, 2, 3});

    assertThat(site.of(weights, 0, Hash.ZERO, 0)).isSameAs(weights);
  }

  @Test
  void letsAValueThatIsNotFiniteBeRefusedByName() {
    assertThatThrownBy(() -> sent("dp(clip=1,noise=1)", 0, Float.NaN))
        .isInstanceOf(DeltaRangeException.class);
    assertThatThrownBy(() -> sent("dp(clip=1,noise=1)", Float.POSITIVE_INFINITY, 0))
        .isInstanceOf(DeltaRangeException.class);
  }

  @Test
  void keepsFiguresOfTheDataBack() {
    TrainingReport asked =
        TrainingReport.ofLoss(0.3).withMetric(0.9).withSamples(357).withEpochs(2, 10);

    TrainingReport told =
        new DeltaPrivacy(terms("dp(clip=1,noise=1)"), Optional.empty()).report(asked);
    assertThat(told).isEqualTo(TrainingReport.empty().withEpochs(2, 10));
    assertThat(told.checkIn()).contains(CheckIn.TRAINING);
    assertThat(new DeltaPrivacy(terms("none"), Optional.empty()).report(asked)).isEqualTo(asked);
    assertThat(new DeltaPrivacy(terms("dp(clip=1,noise=0)"), Optional.empty()).report(asked))
        .isEqualTo(asked);
  }

  @Test
  void countsAllSitesAlike() {
    DeltaPrivacy site = new DeltaPrivacy(terms("dp(clip=1,noise=1)"), Optional.empty());

    for (int weight : new int[] {0, 2}) {
      assertThatThrownBy(() -> site.report(TrainingReport.empty().withWeight(weight)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("weight is " + weight)
          .hasMessageContaining("give 1");
    }
  }

  @Test
  void refusesSitesThatBeganFromDifferentModels() {
    DeltaPrivacy site = new DeltaPrivacy(terms("dp(clip=1,noise=1)"), Optional.empty());

    site.checkBeginning(summary(0, 1, 1));
    site.checkBeginning(summary(1, 1, 2));
    new DeltaPrivacy(terms("none"), Optional.empty()).checkBeginning(summary(0, 1, 2));
    assertThatThrownBy(() -> site.checkBeginning(summary(0, 1, 2)))
        .isInstanceOf(PrivacyException.class)
        .hasMessageContaining("began from 2 different models")
        .hasMessageContaining("the same seed");
  }

  /** Under masks equal weights look different, too. */
  @Test
  void cannotCompareBeginningsUnderMasks() {
    new DeltaPrivacy(terms("dp(clip=1,noise=1)+masked(range=1)"), Optional.empty())
        .checkBeginning(summary(0, 1, 2));
  }

  @Test
  void takesNoPartInAContractThatDoesNotKeepItsPromise() {
    DeltaPrivacy.requireSound(
        contract("dp(clip=1,noise=1)", 2, 10, 10).terms(), ModelLayout.flat(10));

    ContractTerms unsound =
        contract("dp(clip=1,noise=1)", 2, 10, 10).encoded(DeltaEncoding.named("topk:1")).terms();
    assertThatThrownBy(() -> DeltaPrivacy.requireSound(unsound, ModelLayout.flat(10)))
        .isInstanceOf(PrivacyException.class)
        .hasMessageContaining("does not keep what it promises")
        .hasMessageContaining("rounds each noised delta by itself");
  }

  /** The difference of two contributions to round 0 would be a delta without noise. */
  @Test
  void sendsNoOtherInitialWeights() {
    DeltaPrivacy site = new DeltaPrivacy(terms("dp(clip=1,noise=1)"), Optional.empty());

    site.checkInitial(0, false);
    site.checkInitial(1, true);
    new DeltaPrivacy(terms("none"), Optional.empty()).checkInitial(0, true);
    assertThatThrownBy(() -> site.checkInitial(0, true))
        .isInstanceOf(PrivacyException.class)
        .hasMessageContaining("has sent other initial weights");
  }

  @Test
  void clipsToTheClipOfTheModelAndMovesIt() {
    ContractTerms terms = contract("dp(clip=2,noise=0,quantile=0.75)", 2, 3, 2).terms();
    DeltaPrivacy site = new DeltaPrivacy(terms, Optional.empty());
    FlatVector delta = FlatVector.of(new float[] {3, -4}); // of length 5; the third is the clip's
    float log = (float) Math.log(2);

    float[] sent = all(site.of(delta, 1, BASE, log), 3); // clip 4
    assertThat(sent[0]).isCloseTo(3 * 4 / 5f, within(1e-6f));
    assertThat(sent[1]).isCloseTo(-4 * 4 / 5f, within(1e-6f));
    assertThat(sent[2]).isEqualTo((float) (0.2 * 0.75));
    assertThat(all(site.of(delta, 1, BASE, 1), 3)) // clip 5.44
        .containsExactly(3, -4, (float) (0.2 * (0.75 - 1)));
    assertThat(all(site.of(FlatVector.of(new float[2]), 1, BASE, 1), 3)).containsOnly(0);
  }

  /** Initial weights have no clip, and one of the terms' size is the logarithm 0. */
  @Test
  void beginsWithTheClipOfTheTerms() {
    ContractTerms terms = contract("dp(clip=2,noise=1,quantile=0.75)", 2, 3, 2).terms();

    FlatVector weights = FlatVector.of(new float[] {3, -4});
    DeltaPrivacy site = new DeltaPrivacy(terms, Optional.empty());
    assertThat(all(site.of(weights, 0, Hash.ZERO, 0), 3)).containsExactly(3, -4, 0);
  }

  @Test
  void readsTheClipsValueInAnyPieces() {
    ContractTerms terms = contract("dp(clip=2,noise=1,quantile=0.5)", 2, 5, 2).terms();
    DeltaPrivacy site = new DeltaPrivacy(terms, Optional.empty());
    FlatVector sent = site.of(FlatVector.of(new float[] {1, 2, 3, 4}), 1, BASE, 0);
    float[] whole = all(sent, 5);

    for (int from = 0; from < 5; from++) {
      for (int count = 1; from + count <= 5; count++) {
        float[] piece = new float[count];
        sent.read(from, piece, count);
        assertThat(piece).isEqualTo(Arrays.copyOfRange(whole, from, from + count));
      }
    }
    assertThat(all(site.of(FlatVector.of(new float[] {1, 2, 3, 4}), 1, BASE, 0), 5))
        .isEqualTo(whole);
  }

  /** Each delta has its share of the noise; the step has its own, on its own grid. */
  @Test
  void addsNoiseToTheDeltaAndToTheStepOfTheClip() {
    TestContract contract = contract("dp(clip=2,noise=1.5,quantile=0.5)", 4, VALUES + 1, 65_536);
    AdaptiveClip clip = contract.terms().adaptiveClip().orElseThrow();
    float log = (float) Math.log(3); // clip 6
    double deviation = 1.5 / Math.sqrt(0.9) * 6 / Math.sqrt(4);

    float[] noise =
        all(
            new DeltaPrivacy(contract.terms(), Optional.empty()).of(zero(VALUES), 3, BASE, log),
            VALUES);
    assertThat(Stats.product(noise, noise) / (deviation * deviation))
        .isCloseTo(1, within(6 * Math.sqrt(2.0 / VALUES)));

    int draws = 10_000;
    float[] steps = new float[draws];
    ContractTerms small = contract("dp(clip=2,noise=1.5,quantile=0.5)", 4, 2, 2).terms();
    DeltaPrivacy site = new DeltaPrivacy(small, Optional.empty());
    for (int i = 0; i < draws; i++) {
      float[] sent = all(site.of(FlatVector.of(new float[] {7 + i}), 3, BASE, log), 2);
      steps[i] = sent[1] - 0.1f;
    }
    double stepDeviation = 1.5 / Math.sqrt(0.1) * 0.1 / Math.sqrt(4);
    assertThat(clip.stepDeviation()).isCloseTo(stepDeviation, within(1e-12));
    assertThat(Stats.mean(steps)).isCloseTo(0, within(6 * stepDeviation / Math.sqrt(draws)));
    assertThat(Stats.product(steps, steps) / (stepDeviation * stepDeviation))
        .isCloseTo(1, within(6 * Math.sqrt(2.0 / draws)));
    double grid = Math.scalb(1.0, Math.getExponent(stepDeviation) - 10);
    for (float step : steps) {
      double value = Math.rint((step + 0.1) / grid) * grid;
      assertThat(step + 0.1).isCloseTo(value, within(1e-6));
    }
  }

  @Test
  void takesNoPartInAContractWithoutAPlaceForTheClip() {
    ContractTerms terms = contract("dp(clip=1,noise=1,quantile=0.5)", 2, 11, 10).terms();
    DeltaPrivacy.requireSound(terms, ModelLayout.parse("weights:10\nswarmstream.log_clip:1"));

    assertThatThrownBy(() -> DeltaPrivacy.requireSound(terms, ModelLayout.flat(11)))
        .isInstanceOf(PrivacyException.class)
        .hasMessageContaining("needs a layout that ends with swarmstream.log_clip:1");
    ContractTerms optimized = terms.withOptimizer(Optimizer.of("nesterov:lr=0.7,momentum=0.9"));
    assertThatThrownBy(() -> DeltaPrivacy.requireSound(optimized, ModelLayout.flat(11)))
        .isInstanceOf(PrivacyException.class)
        .hasMessageContaining("would change the step of the clip");
  }

  private static RoundSummary summary(long round, int... roots) {
    List<RoundParticipant> sites =
        Arrays.stream(roots)
            .mapToObj(
                root ->
                    new RoundParticipant(
                        "0x" + root,
                        "s",
                        Hash.sha256(new byte[] {(byte) root}),
                        TrainingReport.empty()))
            .toList();
    return new RoundSummary(
        "digits",
        round,
        "mean",
        sites,
        List.of(),
        "all-live",
        Instant.EPOCH,
        Instant.EPOCH,
        Hash.ZERO,
        Hash.ZERO,
        VALUES,
        Double.NaN,
        0,
        0,
        0,
        List.of(),
        Hash.ZERO);
  }

  /** Sums in float64. */
  private static final class Stats {
    static double mean(float[] values) {
      double sum = 0;
      for (float value : values) {
        sum += value;
      }
      return sum / values.length;
    }

    static double product(float[] one, float[] other) {
      double sum = 0;
      for (int i = 0; i < one.length; i++) {
        sum += (double) one[i] * other[i];
      }
      return sum / one.length;
    }

    static double length(float[] values) {
      return Math.sqrt(product(values, values) * values.length);
    }

    static double share(float[] values, double limit) {
      int beyond = 0;
      for (float value : values) {
        beyond += Math.abs(value) > limit ? 1 : 0;
      }
      return (double) beyond / values.length;
    }
  }
}
