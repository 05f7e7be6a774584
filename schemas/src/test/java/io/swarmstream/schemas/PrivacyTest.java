package io.swarmstream.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrivacyTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          dp(clip=1.0,noise=1.1)                      | dp(clip=1,noise=1.1,delta=0.00001)
          dp(noise=0,delta=1e-05,clip=1e+1)           | dp(clip=10,noise=0,delta=0.00001)
          masked                                      | masked(range=1)
          masked(range=2.50)                          | masked(range=2.5)
          masked(range=3)+dp(clip=0.5,noise=2)        | dp(clip=0.5,noise=2,delta=0.00001)+masked(range=3)
          dp(clip=1e+1,noise=1)+masked(range=1e+1)    | dp(clip=10,noise=1,delta=0.00001)+masked(range=10)
          dp(quantile=5e-1,clip=1,noise=2)            | dp(clip=1,noise=2,delta=0.00001,quantile=0.5)
          grouped(groups=4)                           | grouped(groups=4,range=1)
          grouped(range=0.5,groups=3.0)               | grouped(groups=3,range=0.5)
          grouped(groups=4)+dp(clip=1,noise=0)        | dp(clip=1,noise=0,delta=0.00001)+grouped(groups=4,range=1)
          """)
  void hasOneTextForEachMeaning(String written, String text) {
    assertThat(Privacy.of(written).text()).isEqualTo(text);
    assertThat(Privacy.of(text)).isEqualTo(new Privacy(text));
  }

  @Test
  void fitsTheChainWithTheLongestNumbers() {
    String text =
        "dp(clip=999999.123456789012,noise=999.123456789012,delta=0.123456789012)+masked(range=999999.123456789012)";

    assertThat(Privacy.of(text).text()).isEqualTo(text);
    assertThat(text.length()).isLessThanOrEqualTo(Privacy.MAX_BYTES);
    assertThatThrownBy(() -> Privacy.of(text.replace(")+", ",quantile=0.123456789012)+")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has 130 characters, and the chain takes 128; use fewer decimals");
  }

  @Test
  void givesItsParts() {
    Privacy both = Privacy.of("dp(clip=2,noise=1.5,delta=1e-6)+masked(range=4)");

    assertThat(both.dp()).contains(new Privacy.Dp(2, 1.5, 1e-6, 0));
    assertThat(Privacy.of("dp(clip=2,noise=0,quantile=0.5)").dp())
        .contains(new Privacy.Dp(2, 0, 1e-5, 0.5));
    assertThat(both.masked()).contains(new Privacy.Masked(4, 1));
    assertThat(Privacy.of("masked").dp()).isEmpty();
    Privacy grouped = Privacy.of("grouped(groups=4,range=2)");
    assertThat(grouped.masked()).contains(new Privacy.Masked(2, 4));
    assertThat(grouped.rows(12)).isEqualTo(4);
    assertThat(both.rows(12)).isEqualTo(12);
    assertThat(grouped.hidesDeltas()).isTrue();
    assertThat(Privacy.of("dp(clip=1,noise=1)").masked()).isEmpty();
  }

  /** The noise of four sites has twice the deviation of one site's noise. */
  @Test
  void dividesTheNoiseAmongTheFewestSites() {
    assertThat(new Privacy.Dp(2, 1.5, 1e-6, 0).deviation(4)).isEqualTo(1.5);
    assertThat(new Privacy.Dp(1, 1, 1e-6, 0).deviation(2)).isEqualTo(Math.sqrt(0.5), within(1e-15));
  }

  @Test
  void isNoneUnlessNamed() {
    assertThat(Privacy.of("none")).isEqualTo(Privacy.NONE);
    assertThat(Privacy.NONE.isNone()).isTrue();
    assertThat(Privacy.NONE.shown()).isEqualTo("none");
    assertThat(Privacy.NONE.dp()).isEmpty();
    assertThat(Privacy.NONE.masked()).isEmpty();
    assertThat(Privacy.of("masked").shown()).isEqualTo("masked(range=1)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          dpp                        | there is no privacy 'dpp'; use none, dp(clip=1,noise=1.1), masked(range=1), grouped(groups=4,range=1), or dp and one of the others joined by +
          ''                         | there is no privacy ''
          none+masked                | there is no privacy 'none'
          dp:clip=1                  | there is no privacy 'dp:clip=1'
          dp                         | privacy 'dp' does not say clip; write dp(clip=1,noise=1.1), for instance
          dp(clip=1)                 | does not say noise; write dp(clip=1,noise=1.1), for instance
          dp(noise=1)                | does not say clip
          dp()                       | has another form than none, dp(clip=1,noise=1.1)
          dp(clip=1,noise=1          | has another form
          masked(range=1)x           | has another form
          masked+masked              | or dp and one of the others joined by +, each once
          masked+grouped(groups=3)   | or dp and one of the others joined by +, each once
          grouped                    | does not say groups; write grouped(groups=4,range=1)
          grouped(groups=2)          | privacy parameter groups is '2'; it has to be at least 3 and at most 21
          grouped(groups=3.5)        | has 3.5 groups; use a whole number
          masked+                    | there is no privacy ''
          dp(clip=1,clip=2)          | is not a name and parameters, each once
          dp(clip)                   | is not a name and parameters
          masked(clip=1)             | has no parameter 'clip'; masked has range
          dp(clip=0,noise=1)         | privacy parameter clip is '0'; it has to be above 0 and at most 1000000
          dp(clip=1,noise=-1)        | privacy parameter noise is '-1'; it has to be at least 0 and at most 1000
          dp(clip=1,noise=NaN)       | privacy parameter noise is 'NaN'
          dp(clip=1,noise=1,delta=0) | privacy parameter delta is '0'; it has to be above 0 and below 1
          dp(clip=1,noise=1,delta=1) | privacy parameter delta is '1'
          dp(clip=1,noise=1,quantile=0) | privacy parameter quantile is '0'; it has to be above 0 and below 1
          dp(clip=1,noise=1,quantile=1) | privacy parameter quantile is '1'
          dp(clip=1,noise=1,quantile=)  | privacy parameter quantile is ''
          masked(range=1e-13)        | at most 12 decimals
          """)
  void saysWhatIsWrong(String written, String message) {
    assertThatThrownBy(() -> Privacy.of(written))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void isComparedLetterByLetter() {
    assertThatThrownBy(() -> new Privacy("masked"))
        .hasMessageContaining("write it as 'masked(range=1)'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          geomedian | 0  | ''                        | merge method geomedian makes none; use mean
          mean      | 32 | ''                        | leave adaptiveInterval out
          mean      | 0  | share=1/2;norm=2.5        | limit share=1/2;norm=2.5 needs the length of each delta
          """)
  void isForSumsOnly(String method, int interval, String limits, String message) {
    Privacy privacy = Privacy.of("dp(clip=1,noise=1)");

    assertThatThrownBy(() -> fits(privacy, method, interval, limits))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("privacy dp(clip=1,noise=1,delta=0.00001): ")
        .hasMessageContaining(message);
    fits(Privacy.NONE, method, interval, limits);
  }

  /** The mean of groups' means hides less than the mean of all, and noise is for one sum. */
  @Test
  void goesInGroupsWithRobustMethodsOnly() {
    Privacy grouped = Privacy.of("grouped(groups=4)");
    fits(grouped, "coordmedian", 0, "");
    fits(Privacy.of("dp(clip=1,noise=0)+grouped(groups=4)"), "geomedian", 0, "");
    assertThatThrownBy(() -> fits(grouped, "mean", 0, ""))
        .hasMessageContaining("the mean of the groups is the mean of all")
        .hasMessageContaining("use masked");
    assertThatThrownBy(
            () -> fits(Privacy.of("dp(clip=1,noise=1)+grouped(groups=4)"), "geomedian", 0, ""))
        .hasMessageContaining("epsilon is that of one sum of all sites");
    assertThatThrownBy(() -> fits(Privacy.of("masked"), "geomedian", 0, ""))
        .hasMessageContaining(
            "use mean, or let it merge the sums of groups: grouped(groups=4,range=1)");
  }

  @Test
  void goesWithALimitOnShares() {
    fits(Privacy.of("dp(clip=1,noise=1)"), "mean", 0, "share=1/2");
  }

  @Test
  void takesNoEncodingThatRoundsNoisedDeltas() {
    for (String encoding : List.of("float16", "bfloat16", "int8", "int4", "topk:1")) {
      DeltaEncoding lossy = DeltaEncoding.named(encoding);
      assertThatThrownBy(
              () -> Privacy.of("dp(clip=1,noise=1)").requireFits("mean", 2, lossy, 0, Limits.NONE))
          .hasMessageContaining("encoding " + encoding + " rounds each noised delta by itself")
          .hasMessageContaining("use float32");
      Privacy.of("dp(clip=1,noise=0)").requireFits("mean", 2, lossy, 0, Limits.NONE);
    }
  }

  /** 1 + 8 x 4 / sqrt(4) = 17. */
  @Test
  void needsARangeThatNoisedValuesDoNotExceed() {
    Privacy.of("dp(clip=1,noise=4)+masked(range=17)")
        .requireFits("mean", 4, DeltaEncoding.FLOAT32, 0, Limits.NONE);

    assertThatThrownBy(
            () ->
                Privacy.of("dp(clip=1,noise=4)+masked(range=16)")
                    .requireFits("mean", 4, DeltaEncoding.FLOAT32, 0, Limits.NONE))
        .hasMessageContaining("with minPeers 4 use a range of at least 17");
    assertThatThrownBy(
            () ->
                Privacy.of("dp(clip=0.1,noise=1)+masked(range=99999)")
                    .requireFits("mean", 4, DeltaEncoding.FLOAT32, 0, Limits.NONE))
        .hasMessageContaining("coarser than the noise; use a range of at most 52428.8");
  }

  private static void fits(Privacy privacy, String method, int interval, String limits) {
    privacy.requireFits(method, 2, DeltaEncoding.FLOAT32, interval, new Limits(limits));
  }

  @Test
  void hidesSingleDeltasUnlessItOnlyClips() {
    assertThat(Privacy.of("dp(clip=1,noise=1)").hidesDeltas()).isTrue();
    assertThat(Privacy.of("masked").hidesDeltas()).isTrue();
    assertThat(Privacy.of("dp(clip=1,noise=0)").hidesDeltas()).isFalse();
    assertThat(Privacy.NONE.hidesDeltas()).isFalse();
  }

  @Test
  void countsAllSitesAlike() {
    Privacy.of("dp(clip=1,noise=1)").requireWeight("--max-weight", 1);
    Privacy.of("masked").requireWeight("--max-weight", 9);
    Privacy.NONE.requireWeight("--max-weight", 9);

    assertThatThrownBy(() -> Privacy.of("dp(clip=1,noise=1)").requireWeight("--max-weight", 9))
        .hasMessageContaining("all sites count alike, and --max-weight is 9; give 1");
  }
}
