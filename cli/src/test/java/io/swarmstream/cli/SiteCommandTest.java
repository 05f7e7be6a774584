package io.swarmstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SiteCommandTest {
  private static final String ADDRESS = "0x0000000000000000000000000000000000000001";
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --port 0                              | Missing required option: '--name=NAME'
          --name a/b                            | --name must be 1 to 64 letters
          --name a --swarm nowhere              | --swarm must name a folder with swarm.properties, or that file, got nowhere
          """)
  void refusesAWrongOptionInOneSentence(String options, String message) {
    Ran ran = Ran.swarm(("site --folder " + folder + " " + options).split(" +", -1));

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).startsWith("swarm site: ").contains(message);
    assertThat(ran.err().lines()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          site join x.invite --name a              | --name can be given with --network-node only
          site join x.invite --role a --profile p  | --role, --profile can be given with --network-node only
          site join --network-node h:1 --profile p | --profile needs --role agent
          site join                                | give an invitation, or --network-node
          network start --sentinel --name a --admit-weight 7 | --admit-weight 7 means nothing without --admit-certificates
          network audit --refused --follow         | --follow goes with the acts on the chain
          """)
  void refusesAnOptionThatWouldMeanNothing(String command, String message) {
    Ran ran = Ran.swarm((command + " --folder " + folder.resolve("new")).split(" +", -1));

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains(message);
    assertThat(folder.resolve("new/network.properties")).doesNotExist();
  }

  /** Where keys count, none lies beside its password. */
  @Test
  void wantsAPasswordOutsideOfALocalSwarm() throws Exception {
    Files.writeString(
        folder.resolve("swarm.properties"),
        "kafka=localhost:1\nchain=http://127.0.0.1:1\ntraining-contracts=%s\nround-anchors=%s\n"
            .formatted(ADDRESS, ADDRESS));

    Ran ran =
        Ran.swarm(
            "site", "--name", "a", "--swarm", folder.toString(), "--folder", folder.toString());

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("--password-file is missing");
  }
}
