package io.swarmstream.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LimitsTest {

  @Test
  void sayWhatTheTextSays() {
    Limits limits = new Limits("share=1/2;norm=median*100");

    assertThat(limits.share()).contains(new Limits.Share(1, 2));
    assertThat(limits.norm()).contains(new Limits.Norm(100, true));
    assertThat(new Limits("norm=12.5").norm()).contains(new Limits.Norm(12.5, false));
    assertThat(new Limits("norm=12.5").share()).isEmpty();
    assertThat(new Limits("share=2/5").norm()).isEmpty();
  }

  @Test
  void mayBeNone() {
    assertThat(Limits.NONE.isNone()).isTrue();
    assertThat(Limits.NONE.share()).isEmpty();
    assertThat(Limits.NONE.norm()).isEmpty();
    assertThat(Limits.of(Optional.empty(), Optional.empty())).isEqualTo(Limits.NONE);
  }

  @ParameterizedTest
  @CsvSource({
    "2/4, 1, share=1/2;norm=1",
    "50/100, median*1.50, share=1/2;norm=median*1.5",
    "2/3, 1e30, share=2/3;norm=1E+30",
    "2/3, 0.00100, share=2/3;norm=0.001",
    "2/3, 1000000, share=2/3;norm=1000000",
    "2/3, 1e-30, share=2/3;norm=1E-30",
    "2/3, median*1e1, share=2/3;norm=median*10",
    "334/999, 123456789.012345, share=334/999;norm=123456789.012345",
  })
  void haveOneTextForOneMeaning(String share, String norm, String text) {
    Limits limits = Limits.of(Optional.of(share), Optional.of(norm));

    assertThat(limits.text()).isEqualTo(text).hasSizeLessThanOrEqualTo(Limits.MAX_BYTES);
    assertThat(new Limits(text)).isEqualTo(limits);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"share=2/4", "norm=1.0", "norm=1e30", "norm=median*1e1", "norm=007", ";norm=1"})
  void refuseAnotherTextForTheSame(String text) {
    assertThatThrownBy(() -> new Limits(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + text + "'")
        .hasMessageContaining("write them as");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " ",
        ";",
        "share=",
        "norm=",
        "norm=1;share=1/2",
        "share=1/2;",
        "share=1/2norm=1",
        "share=1/2;share=1/2",
        "clip=3",
        "share=1/3",
        "share=0/2",
        "share=1/1",
        "share=-1/2",
        "share=0.5",
        "share=1/0",
        "share=1001/2000",
        "norm=0",
        "norm=-1",
        "norm=NaN",
        "norm=Infinity",
        "norm=median",
        "norm=median*0.5",
        "norm=median*",
        "norm=1e99",
        "norm=1e-45",
        "norm=0x1p3",
        "norm=1f",
        "norm=1234567890.1234567890",
        "norm=١",
        "share=1/2;norm=median*100\n"
      })
  void refuseWhatIsNone(String text) {
    assertThatThrownBy(() -> new Limits(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("(?s).*(has|have) to (be|look like).*");
  }

  /** From the chain, which anybody may write to. */
  @Test
  void areShort() {
    assertThatThrownBy(() -> new Limits("norm=" + "1".repeat(60)))
        .hasMessageContaining("at most 64 characters");
  }
}
