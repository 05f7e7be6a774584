package io.swarmstream.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstream.schemas.DeltaEncoding;
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
    "nnm+mean:1, share=1/2",
    "nnm+trimmedmean:1, ''",
    "nnm+multikrum:1, share=1/2",
  })
  void saysWhatIsUsualForAMethod(String method, String limits) {
    assertThat(ContractRule.check(method, 5, DeltaEncoding.INT4).text()).isEqualTo(limits);
  }

  @Test
  void refusesWhatTheJobWouldNotServe() {
    assertThatThrownBy(() -> ContractRule.check("multikrum:1", 4, DeltaEncoding.FLOAT32))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs at least 5");
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
        "nnm+mean:1",
        "nnm+geomedian:1",
        "nnm+coordmedian:1",
        "nnm+trimmedmean:1"
      })
  void refusesSparseDeltasForOthersByName(String method) {
    assertThatThrownBy(() -> ContractRule.check(method, 5, DeltaEncoding.topk(50)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("encoding topk:0.5 ")
        .hasMessageContaining("merge method " + method)
        .hasMessageContaining("use mean or geomedian");
  }
}
