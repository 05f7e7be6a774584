package io.swarmstream.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.schemas.masking.PrivacyRule;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdaptiveClipTest {
  private static final long SEED = 20261130;

  private static AdaptiveClip clip(String privacy, int minPeers) {
    return AdaptiveClip.of(Privacy.of(privacy), minPeers).orElseThrow();
  }

  @Test
  void isThereOnlyWithAQuantile() {
    assertThat(AdaptiveClip.of(Privacy.NONE, 2)).isEmpty();
    assertThat(AdaptiveClip.of(Privacy.of("masked"), 3)).isEmpty();
    assertThat(AdaptiveClip.of(Privacy.of("dp(clip=1,noise=2)"), 2)).isEmpty();
    assertThat(clip("dp(clip=1,noise=2,quantile=0.5)", 2).clip(0)).isEqualTo(1);
  }

  /** The paper's equation: C becomes C exp(-0.2 (b - q)). */
  @Test
  void movesAsThePaperSays() {
    AdaptiveClip clip = clip("dp(clip=3,noise=0,quantile=0.7)", 4);

    assertThat(clip.clip(0.5f)).isEqualTo(3 * Math.exp(0.5), within(1e-12));
    assertThat(clip.step(2.99, 0)).isEqualTo(0.2 * (0.7 - 1), within(1e-15));
    assertThat(clip.step(3, 0)).isEqualTo(0.2 * (0.7 - 1), within(1e-15));
    assertThat(clip.step(3.01, 0)).isEqualTo(0.2 * 0.7, within(1e-15));
    double lengths = (clip.step(1, 0) + clip.step(2, 0) + clip.step(8, 0) + clip.step(9, 0)) / 4;
    assertThat(clip.clip((float) lengths))
        .isEqualTo(3 * Math.exp(-0.2 * (0.5 - 0.7)), within(1e-6));
  }

  @Test
  void learnsNothingFromADeltaOfZeros() {
    assertThat(clip("dp(clip=3,noise=0,quantile=0.7)", 4).step(0, 0)).isZero();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.5, 0.9})
  void findsTheQuantileOfTheLengths(double quantile) {
    double[] lengths = lengths(101);
    AdaptiveClip clip =
        clip("dp(clip=1,noise=0,quantile=" + quantile + ")", 2); // thirty times too small
    float log = 0;
    for (int round = 0; round < 500; round++) {
      log = (float) (log + step(clip, lengths, log));
    }

    double sought = lengths[(int) Math.round(quantile * 100)];
    assertThat(clip.clip(log) / sought).as("seed %d", SEED).isCloseTo(1, within(0.1));
  }

  /**
   * The noise in a round's mean of 100 sites has a deviation of 0.01, and the logarithm that
   * follows varies by some hundredths about the quantile.
   */
  @Test
  void findsTheQuantileWithNoise() {
    double[] lengths = lengths(101);
    AdaptiveClip clip = clip("dp(clip=1,noise=4,quantile=0.5)", 101);
    SplittableRandom random = new SplittableRandom(SEED);
    double deviation = clip.stepDeviation() / Math.sqrt(lengths.length);
    float log = 0;
    double sum = 0;
    int rounds = 4_000;
    for (int round = 0; round < rounds; round++) {
      log = (float) (log + step(clip, lengths, log) + deviation * random.nextGaussian());
      sum += round < rounds / 2 ? 0 : Math.log(clip.clip(log));
    }

    assertThat(sum / (rounds / 2.0))
        .as("seed %d", SEED)
        .isCloseTo(Math.log(lengths[50]), within(0.1));
  }

  private static double step(AdaptiveClip clip, double[] lengths, float log) {
    return Arrays.stream(lengths).map(length -> clip.step(length, log)).average().orElseThrow();
  }

  /** Log-normal, about 30. */
  private static double[] lengths(int count) {
    SplittableRandom random = new SplittableRandom(SEED);
    return random
        .doubles(count)
        .map(any -> 30 * Math.exp(random.nextGaussian() / 2))
        .sorted()
        .toArray();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.001, 0.3, 0.5, 0.999})
  void bounds(double quantile) {
    AdaptiveClip clip = clip("dp(clip=1,noise=1,quantile=" + quantile + ")", 2);

    assertThat(clip.sensitivity()).isEqualTo(0.2 * Math.max(quantile, 1 - quantile));
    for (double length : new double[] {0, 0.5, 1, 2, 1e9}) {
      for (float log : new float[] {-100, -1, 0, 1, 100}) {
        assertThat(Math.abs(clip.step(length, log))).isLessThanOrEqualTo(clip.sensitivity());
      }
    }
  }

  /** Precisions of Gaussian mechanisms over their sensitivities add up. */
  @ParameterizedTest
  @CsvSource({"1,0.5,2", "0.3,0.9,8", "4,0.01,64"})
  void hasTheMultiplierOfTheTermsInAll(double noise, double quantile, int minPeers) {
    AdaptiveClip clip =
        clip("dp(clip=3,noise=%s,quantile=%s)".formatted(noise, quantile), minPeers);
    double clipped = 1.7;

    double delta = clip.deviation(clipped) * Math.sqrt(minPeers) / clipped;
    double step = clip.stepDeviation() * Math.sqrt(minPeers) / clip.sensitivity();
    assertThat(1 / Math.sqrt(1 / (delta * delta) + 1 / (step * step)))
        .isEqualTo(noise, within(1e-12));
    assertThat(Privacy.of("dp(clip=3,noise=%s,quantile=%s)".formatted(noise, quantile)).dp())
        .hasValueSatisfying(
            dp ->
                assertThat(dp.deviation(minPeers))
                    .isEqualTo(clip.deviation(dp.clip()), within(1e-12)));
  }

  @Test
  void staysWithinAMillionTimesTheTermsAndTurnsBackAtOnce() {
    AdaptiveClip clip = clip("dp(clip=2,noise=1,quantile=0.5)", 2);

    assertThat(clip.clip(Float.MAX_VALUE)).isEqualTo(2e6);
    assertThat(clip.clip(-Float.MAX_VALUE)).isEqualTo(2e-6);
    assertThat(clip.step(1e30, 100)).isZero(); // not further beyond the bound
    assertThat(clip.step(1, 100)).isEqualTo(-0.1);
    assertThat(clip.step(1e-30, -100)).isZero();
    assertThat(clip.step(1, -100)).isEqualTo(0.1);
  }

  @Test
  void staysWithinTheRangeOfMasks() {
    AdaptiveClip clip = clip("dp(clip=1,noise=1,quantile=0.5)+masked(range=20)", 4);

    double most = clip.clip(100);
    assertThat(most + 8 * clip.deviation(most)).isEqualTo(20, within(1e-12));
    // Masked values are multiples of the range times 2^-24 or less.
    double least = clip.clip(-100);
    assertThat(clip.deviation(least)).isEqualTo(16 * 20 * 0x1p-24, within(1e-18));
    assertThat(clip("dp(clip=1,noise=0,quantile=0.5)+masked(range=20)", 4).clip(100)).isEqualTo(20);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          dp(clip=1,noise=1,quantile=0.5)                              | adam:lr=0.1 | float32 | mean        | optimizer adam
          dp(clip=1,noise=0,quantile=0.5)                              | none        | int8    | mean        | encoding int8 would round the logarithm
          dp(clip=1,noise=1,quantile=0.5)                              | none        | int8    | mean        | rounds each noised delta by itself
          dp(clip=1,noise=1,quantile=0.5)                              | none        | float32 | coordmedian | merge method coordmedian makes none
          dp(clip=1,noise=0,quantile=0.5)+grouped(groups=3,range=9)    | none        | float32 | coordmedian | groups have none
          dp(clip=1,noise=0,quantile=0.5)+masked(range=0.9)            | none        | float32 | mean        | use a range of at least 1.0
          dp(clip=0.01,noise=0,quantile=0.5)+masked(range=0.09)        | none        | float32 | mean        | use a range of at least 0.1
          dp(clip=1,noise=1,quantile=0.5)+masked(range=1)              | none        | float32 | mean        | use a range of at least
          dp(clip=0.1,noise=1,quantile=0.5)+masked(range=999999)       | none        | float32 | mean        | use a range of at most
          """)
  void refusesTermsThatAlterTheClip(
      String text, String optimizer, String encoding, String method, String message) {
    Privacy privacy = Privacy.of(text);

    assertThatThrownBy(
            () ->
                PrivacyRule.require(
                    privacy,
                    method,
                    9,
                    DeltaEncoding.named(encoding),
                    Optimizer.of(optimizer),
                    0,
                    Limits.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dp(clip=1,noise=1,quantile=0.5)",
        "dp(clip=1,noise=1,quantile=0.5)+masked(range=10)",
        "dp(clip=1,noise=0,quantile=0.5)+masked(range=1)"
      })
  void takesTheOtherTerms(String text) {
    PrivacyRule.require(
        Privacy.of(text), "mean", 9, DeltaEncoding.FLOAT32, Optimizer.NONE, 0, Limits.NONE);
  }

  @Test
  void isOneMoreTensorOfTheModel() {
    Privacy adaptive = Privacy.of("dp(clip=1,noise=1,quantile=0.5)");
    ModelLayout trained = ModelLayout.parse("z:2x3\na:");

    ModelLayout whole = ClipTensor.whole(adaptive, trained);
    assertThat(whole.toString()).isEqualTo("z:2x3\na:\nswarmstream.log_clip:1");
    assertThat(ClipTensor.trained(adaptive, whole)).isEqualTo(trained);
    assertThat(ClipTensor.whole(Privacy.NONE, trained)).isEqualTo(trained);
    assertThat(ClipTensor.trained(Privacy.of("dp(clip=1,noise=1)"), trained)).isEqualTo(trained);
  }

  @Test
  void reservesTheNameOfItsTensor() {
    ModelLayout reserved = ModelLayout.parse("a:2\nswarmstream.log_clip:1");

    assertThatThrownBy(() -> ClipTensor.whole(Privacy.NONE, reserved))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tensor swarmstream.log_clip: the name is reserved")
        .hasMessageContaining("rename");
  }

  @ParameterizedTest
  @ValueSource(strings = {"swarmstream.log_clip:1", "a:2", "a:2\nswarmstream.log_clip:2"})
  void needsItsTensorAtTheEnd(String layout) {
    assertThatThrownBy(
            () ->
                ClipTensor.trained(
                    Privacy.of("dp(clip=1,noise=1,quantile=0.5)"), ModelLayout.parse(layout)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs a layout that ends with swarmstream.log_clip:1");
  }
}
