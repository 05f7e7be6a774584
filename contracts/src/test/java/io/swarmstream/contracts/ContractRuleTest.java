package io.swarmstream.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.DeltaEncoding;
import io.swarmstream.schemas.Limits;
import io.swarmstream.schemas.Optimizer;
import io.swarmstream.schemas.Privacy;
import io.swarmstream.schemas.hashing.PayloadHash;
import io.swarmstream.schemas.layout.ModelLayout;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContractRuleTest {
  @ParameterizedTest
  @CsvSource({
    "mean, norm=median*100",
    "coordmedian, share=1/2",
    "geomedian, share=1/2",
    "trimmedmean:1, ''",
    "multikrum:1, share=1/2",
    "bulyan:1, ''",
    "nnm+mean:1, share=1/2",
    "nnm+trimmedmean:1, ''",
    "nnm+multikrum:1, share=1/2",
    "nnm+bulyan:1, ''",
  })
  void saysWhatIsUsualForAMethod(String method, String limits) {
    assertThat(ContractRule.check(method, 7, DeltaEncoding.INT4).text()).isEqualTo(limits);
  }

  @Test
  void refusesWhatTheJobWouldNotServe() {
    assertThatThrownBy(() -> ContractRule.check("multikrum:1", 4, DeltaEncoding.FLOAT32))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs at least 5");
    assertThatThrownBy(() -> ContractRule.check("bulyan:1", 6, DeltaEncoding.FLOAT32))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("minPeers is 6", "bulyan:1 needs at least 7", "raise minPeers");
  }

  @Test
  void limitsNoLengthsThatNobodyShallKnow() {
    NewTerms terms =
        new NewTerms(
            "mean",
            2,
            Duration.ZERO,
            DeltaEncoding.FLOAT32,
            0,
            WantedLimits.USUAL,
            PayloadHash.BLAKE3,
            Optimizer.NONE,
            Privacy.of("dp(clip=1,noise=1)"));

    assertThat(ContractRule.check(terms)).isEqualTo(Limits.NONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"masked", "dp(clip=1,noise=1)+masked(range=6)"})
  void limitsNoDeltaThatIsMasked(String privacy) {
    assertThat(ContractRule.check(masked("mean", 3, 0, WantedLimits.USUAL, privacy)))
        .isEqualTo(Limits.NONE);
  }

  @Test
  void refusesWhatNeedsSingleDeltasUnderMasks() {
    assertRefused(masked("geomedian", 3, 0, WantedLimits.USUAL, "masked"), "use mean");
    assertRefused(masked("mean", 2, 0, WantedLimits.USUAL, "masked"), "minPeers is 2");
    assertRefused(masked("mean", 3, 8, WantedLimits.USUAL, "masked"), "adaptive interval");
    assertRefused(masked("mean", 3, 0, new WantedLimits(null, "12.5"), "masked"), "norm=12.5");
  }

  @Test
  void addsTheTensorOfAnAdaptiveClip() {
    NewTerms terms =
        masked("mean", 3, 0, WantedLimits.USUAL, "dp(clip=1,noise=0,quantile=0.5)+masked(range=2)");
    ModelLayout whole = terms.whole(ModelLayout.parse("z:2x3\na:2"));

    assertThat(whole.toString()).isEqualTo("z:2x3\na:2\nswarmstream.log_clip:1");
    ContractTerms agreed = terms.of("c", "eip155:1:0x0", whole, Limits.NONE);
    assertThat(agreed.parameterCount()).isEqualTo(9);
    assertThat(agreed.trainedParameters()).isEqualTo(8);
    assertThatThrownBy(() -> terms.whole(whole)).hasMessageContaining("the name is reserved");
  }

  /** Sites that cannot read it from the chain sort what they train, and the clip comes after. */
  @Test
  void sortsALongLayoutBeforeTheClip() {
    NewTerms terms =
        masked("mean", 3, 0, WantedLimits.USUAL, "dp(clip=1,noise=0,quantile=0.5)+masked(range=2)");
    String text =
        IntStream.range(0, 20_000)
            .mapToObj(i -> "tensor-%05d:1".formatted(19_999 - i))
            .collect(Collectors.joining("\n"));
    ModelLayout whole = terms.whole(ModelLayout.parse("y:1\n" + text));

    assertThat(whole.tensors().get(0).name()).isEqualTo("tensor-00000");
    assertThat(whole.tensors().get(20_000).name()).isEqualTo("y");
    assertThat(whole.tensors().get(20_001).name()).isEqualTo("swarmstream.log_clip");
  }

  private static void assertRefused(NewTerms terms, String why) {
    assertThatThrownBy(() -> ContractRule.check(terms))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("masked")
        .hasMessageContaining(why);
  }

  private static NewTerms masked(
      String method, int minPeers, int interval, WantedLimits limits, String privacy) {
    return new NewTerms(
        method,
        minPeers,
        Duration.ofSeconds(1),
        DeltaEncoding.FLOAT32,
        interval,
        limits,
        PayloadHash.BLAKE3,
        Optimizer.NONE,
        Privacy.of(privacy));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mean", "geomedian"})
  void takesSparseDeltasForMethodsThatAddThem(String method) {
    assertThat(ContractRule.check(method, 5, DeltaEncoding.topk(100)))
        .isEqualTo(ContractRule.check(method, 5, DeltaEncoding.FLOAT32));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "coordmedian",
        "trimmedmean:1",
        "multikrum:1",
        "bulyan:1",
        "nnm+mean:1",
        "nnm+geomedian:1",
        "nnm+coordmedian:1",
        "nnm+trimmedmean:1"
      })
  void refusesSparseDeltasForOthersByName(String method) {
    assertThatThrownBy(() -> ContractRule.check(method, 7, DeltaEncoding.topk(50)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("encoding topk:0.5 ")
        .hasMessageContaining("merge method " + method)
        .hasMessageContaining("use mean or geomedian");
  }
}
