package io.swarmstream.cli.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class MagnitudeTest {
  @ParameterizedTest
  @CsvSource({"17, 17", "10k, 10000", "11.7M, 11700000", "1B, 1000000000", "0.5G, 500000000"})
  void readsWhatPeopleWrite(String text, long value) {
    assertThat(new Magnitude().convert(text)).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "k", "1.5", "many", "1e400B"})
  void refusesTheRest(String text) {
    assertThatThrownBy(() -> new Magnitude().convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("11.7M");
  }
}
