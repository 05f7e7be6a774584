package io.swarmstream.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    assertThat(ContractRule.check(method, 5).text()).isEqualTo(limits);
  }

  @Test
  void refusesWhatTheJobWouldNotServe() {
    assertThatThrownBy(() -> ContractRule.check("multikrum:1", 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs at least 5");
  }
}
