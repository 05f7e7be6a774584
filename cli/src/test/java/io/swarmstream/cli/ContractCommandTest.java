package io.swarmstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.contracts.Draft;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What commands about contracts do and refuse before they reach a swarm. */
class ContractCommandTest {
  private static final Draft DRAFT = new Draft("digits", 1, Duration.ofSeconds(30), 2, "mean");

  @TempDir Path folder;

  @BeforeEach
  void aSwarmWithADraft() throws Exception {
    Files.writeString(
        folder.resolve("swarm.properties"),
        "kafka=localhost:1\nchain=http://localhost:1\ntraining-contracts=0x%s\nround-anchors=0x%s\n"
            .formatted("1".repeat(40), "2".repeat(40)));
    Files.writeString(folder.resolve("owner.key"), "1".repeat(64));
    Files.writeString(folder.resolve("coordinator.address"), "0x" + "3".repeat(40));
    DRAFT.writeTo(folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--chain", "--kafka", "--training-contracts", "--round-anchors"})
  void anotherSwarmsAddressResetsNoDraftOfThisOne(String option) throws Exception {
    String address = option.startsWith("--k") ? "localhost:2" : "0x" + "4".repeat(40);
    Ran ran =
        Ran.swarm(
            "contract",
            "reset",
            "digits",
            "--swarm",
            folder.toString(),
            option,
            option.equals("--chain") ? "http://localhost:2" : address);

    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err()).contains("this command needs a local swarm");
    assertThat(Draft.find(folder, "digits")).contains(DRAFT);
  }

  /** Both forms of --swarm lead to the same folder, and to the owner's key in it. */
  @ParameterizedTest
  @ValueSource(strings = {"", "swarm.properties"})
  void aSwarmIsItsFolderOrItsFile(String file) throws Exception {
    Ran ran = Ran.swarm("contract", "reset", "digits", "--swarm", folder.resolve(file).toString());

    assertThat(ran.err()).isEmpty();
    assertThat(ran.out()).startsWith("digits is a draft again");
  }

  @ParameterizedTest
  @ValueSource(strings = {"show", "reset", "create"})
  void aNameIsCheckedFirst(String command) {
    for (String name : new String[] {"a\u0000b", "../swarm", "-x y", "ä"}) {
      Ran ran = Ran.swarm("contract", command, "--swarm", folder.toString(), "--", name);

      assertThat(ran.code()).as(name).isEqualTo(2);
      assertThat(ran.err()).contains("has to start with a letter or digit");
    }
  }

  @Test
  void aNodesContractIsCheckedFirst() {
    Ran ran = Ran.swarm("site", "--name", "a", "--contract", "x\u0000");

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("--contract: contract name");
  }
}
