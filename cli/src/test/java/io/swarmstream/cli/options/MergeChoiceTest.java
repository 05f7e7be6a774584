package io.swarmstream.cli.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstream.schemas.DeltaEncoding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class MergeChoiceTest {
  @Command
  private static final class Any {
    @Mixin private MergeChoice merge = new MergeChoice();
  }

  private static MergeChoice parsed(String options) {
    Any any = new Any();
    new CommandLine(any).parseArgs(options.isEmpty() ? new String[0] : options.split(" ", -1));
    return any.merge;
  }

  @ParameterizedTest
  @CsvSource({
    "'', mean",
    "--merge geomedian, geomedian",
    "--merge trimmedmean --tolerate 2, trimmedmean:2",
    "--merge trimmedmean:2 --pre nnm, nnm+trimmedmean:2",
    "--merge coordmedian --pre nnm --tolerate 1, nnm+coordmedian:1",
    "--merge nnm+multikrum:1, nnm+multikrum:1",
    "--merge bulyan --tolerate 1, bulyan:1"
  })
  void makesOneSpecification(String options, String specification) {
    assertThat(parsed(options).specification()).isEqualTo(specification);
  }

  @ParameterizedTest
  @CsvSource({
    "--merge trimmedmean, name it as trimmedmean:1",
    "--merge mean --tolerate 1, name it as mean",
    "--pre krum, --pre must be nnm",
    "--merge median, no merge method"
  })
  void saysWhatIsWrong(String options, String message) {
    assertThatThrownBy(() -> parsed(options).specification())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void asksForPeersEnough() {
    assertThat(MergeChoice.checked("multikrum:1", 5, DeltaEncoding.INT4)).isEqualTo("multikrum:1");
    assertThatThrownBy(() -> MergeChoice.checked("multikrum:1", 4, DeltaEncoding.INT4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("--merge", "minPeers is 4", "at least 5");
  }
}
