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
