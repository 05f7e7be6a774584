package io.swarmstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerifyCommandTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --all                                         | Missing required option: '--contract=NAME'
          --contract c --all --round 1                  | --round=R, --all are mutually exclusive (specify only one)
          --contract c --round one                      | Invalid value for option '--round': 'one' is not a long
          --contract c --round 1 --kafka a:1            | --chain is missing
          --contract c --all --parallelism 0            | --parallelism must be 1 to 1024, got 0
          --contract c --all --kafka a:1 --kafka-property ssl.key.password=hunter2 | write it into a file and give --kafka-config FILE
          --contract c --all --swarm nowhere            | --swarm must name a folder with swarm.properties, or that file, got nowhere
          """)
  void refusesAWrongOptionInOneSentence(String options, String message) {
    Ran ran = verify(options);

    assertThat(ran.err()).startsWith("swarm verify: ").contains(message);
    assertThat(ran.err().lines()).hasSize(1);
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
  }

  @Test
  void takesWhatIsNotGivenFromTheFileOfARunningSwarm(@TempDir Path folder) throws Exception {
    Files.writeString(
        folder.resolve("swarm.properties"),
        "kafka=localhost:1\nchain=http://127.0.0.1:1\ntraining-contracts=0x12\n");

    for (Path place : new Path[] {folder, folder.resolve("swarm.properties")}) {
      Ran ran = verify("--contract c --all --swarm " + place);

      assertThat(ran.code()).isEqualTo(2);
      assertThat(ran.err())
          .contains(
              "--round-anchors is missing, and "
                  + folder.resolve("swarm.properties")
                  + " has no 'round-anchors'");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"up", "cluster"})
  void findsALocalSwarmByItself(String kind, @TempDir Path home) throws Exception {
    Path folder = Files.createDirectories(home.resolve(".swarm").resolve(kind));
    Files.writeString(
        folder.resolve("swarm.properties"),
        "kafka=localhost:1\nchain=http://127.0.0.1:1\ntraining-contracts=0x12\n");
    System.setProperty("swarm.home", home.toString());
    try {
      assertThat(verify("--contract c --all").err()).contains("--round-anchors is missing");
    } finally {
      System.clearProperty("swarm.home");
    }
  }

  @Test
  void helpSaysWhatAnExitCodeMeans() {
    Ran ran = Ran.swarm("verify", "--help");

    assertThat(ran.code()).isZero();
    assertThat(ran.out().replaceAll("\\s+", " "))
        .contains("--contract=NAME", "--round=R", "--all", "--swarm=PATH", "--json")
        .contains("0 every round asked for is proven");
  }

  private static Ran verify(String options) {
    return Ran.swarm(
        Stream.concat(Stream.of("verify"), Stream.of(options.strip().split(" +")))
            .toArray(String[]::new));
  }
}
