package io.swarmstream.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.schemas.DeltaEncoding;
import org.junit.jupiter.api.Test;

class DemoOptionsTest {

  @Test
  void moreThanHalfOfTheSitesAreAQuorum() {
    assertThat(DemoOptions.majority(2)).isEqualTo(2);
    assertThat(DemoOptions.majority(3)).isEqualTo(2);
    assertThat(DemoOptions.majority(4)).isEqualTo(3);
    assertThat(DemoOptions.majority(32)).isEqualTo(17);
  }

  @Test
  void theCommandLineNamesEveryOption() {
    assertThat(new DemoOptions(3, 5, "coordmedian", DeltaEncoding.BFLOAT16, 2, 7, -1).commandLine())
        .isEqualTo(
            "./swarm demo --sites 3 --rounds 5 --merge coordmedian --encoding bfloat16 --min-peers 2"
                + " --sync-frequency 7 --seed -1");
  }
}
