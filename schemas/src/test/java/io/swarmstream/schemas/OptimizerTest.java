package io.swarmstream.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptimizerTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          momentum                | momentum:lr=1,momentum=0.9
          nesterov                | nesterov:lr=0.7,momentum=0.9
          adagrad:tau=1e-9        | adagrad:lr=0.01,tau=0.000000001
          adam                    | adam:lr=0.01,beta1=0.9,beta2=0.99,tau=0.001
          adam:beta2=0.50,lr=1.0  | adam:lr=1,beta1=0.9,beta2=0.5,tau=0.001
          yogi:lr=0.10            | yogi:lr=0.1,beta1=0.9,beta2=0.99,tau=0.001
          nesterov:momentum=0     | nesterov:lr=0.7,momentum=0
          """)
  void hasOneTextForEachMeaning(String written, String text) {
    assertThat(Optimizer.of(written).text()).isEqualTo(text);
    assertThat(Optimizer.of(text)).isEqualTo(new Optimizer(text));
    assertThat(text.length()).isLessThanOrEqualTo(Optimizer.MAX_BYTES);
  }

  @Test
  void fitsTheChainWithTheLongestNumbers() {
    String text = "yogi:lr=999.123456789012,beta1=0.123456789012,beta2=0.123456789012,";

    assertThat(Optimizer.of(text + "tau=0.123456789012").text().length())
        .isLessThanOrEqualTo(Optimizer.MAX_BYTES);
  }

  @Test
  void givesItsParameters() {
    Optimizer optimizer = Optimizer.of("nesterov:lr=0.25");

    assertThat(optimizer.name()).isEqualTo("nesterov");
    assertThat(optimizer.parameters()).isEqualTo(Map.of("lr", 0.25, "momentum", 0.9));
  }

  @Test
  void isNoneUnlessNamed() {
    assertThat(Optimizer.of("none")).isEqualTo(Optimizer.NONE);
    assertThat(Optimizer.NONE.isNone()).isTrue();
    assertThat(Optimizer.NONE.shown()).isEqualTo("none");
    assertThat(Optimizer.NONE.parameters()).isEmpty();
    assertThat(Optimizer.names())
        .containsExactly("none", "momentum", "nesterov", "adagrad", "adam", "yogi");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          adan             | there is no optimizer 'adan'; use one of none, momentum, nesterov
          ''               | there is no optimizer ''
          none:lr=1        | optimizer 'none:lr=1': 'none' has no parameters; write none
          adam:            | write adam:lr=0.01, for instance
          adam:lr          | write adam:lr=0.01, for instance
          adam:lr=1,lr=2   | write adam:lr=0.01, for instance
          adam:rate=1      | no parameter 'rate'; adam has lr, beta1, beta2, tau
          adagrad:beta1=0  | no parameter 'beta1'; adagrad has lr, tau
          adam:lr=0        | optimizer parameter lr is '0'; it has to be above 0 and at most 1000
          adam:lr=1001     | optimizer parameter lr is '1001'
          adam:lr=NaN      | optimizer parameter lr is 'NaN'
          adam:lr=-1       | optimizer parameter lr is '-1'
          adam:beta1=1     | optimizer parameter beta1 is '1'; it has to be at least 0 and below 1
          adam:tau=0       | optimizer parameter tau is '0'; it has to be above 0 and at most 1
          adam:tau=1e-13   | at most 12 decimals
          """)
  void saysWhatIsWrong(String written, String message) {
    assertThatThrownBy(() -> Optimizer.of(written))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void isComparedLetterByLetter() {
    assertThatThrownBy(() -> new Optimizer("nesterov"))
        .hasMessageContaining("write it as 'nesterov:lr=0.7,momentum=0.9'");
  }
}
