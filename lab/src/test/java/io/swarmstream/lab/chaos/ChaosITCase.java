package io.swarmstream.lab.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.swarmstream.cli.SwarmCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short version of {@code ./swarm chaos --runs 100}. */
class ChaosITCase {
  private static final Path ROOT = Objects.requireNonNull(Path.of("").toAbsolutePath().getParent());

  /** Kills the leading JobManager. */
  private static final String SEED = "16";

  @TempDir Path folder;

  @BeforeEach
  void runFromTheRepository() {
    System.setProperty("swarm.home", ROOT.toString());
  }

  @AfterEach
  void forget() {
    System.clearProperty("swarm.home");
  }

  @Test
  void losesNothingDoublesNothingAndChangesNoBit() throws Exception {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit =
        SwarmCommand.execute(
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            "chaos",
            "--runs",
            "1",
            "--seed",
            SEED,
            "--rounds",
            "4",
            "--folder",
            folder.resolve("chaos").toString(),
            "--json");
    assertThat(exit).as("%s\n%s\n%s", out, err, logs()).isZero();
    JsonNode result = new ObjectMapper().readTree(out.toString());
    assertThat(result.path("runs").asInt()).isEqualTo(1);
    assertThat(result.path("kills").asInt()).isEqualTo(1);
    assertThat(result.path("roundsCompleted").asInt()).isEqualTo(5);
    for (String count :
        new String[] {
          "lost", "doubled", "roundsWithTwoModels", "hashMismatches", "anchorMismatches"
        }) {
      assertThat(result.path(count).asInt(-1)).as(count).isZero();
    }
    assertThat(result.path("recoveryMaxSeconds").asDouble()).isPositive();
  }

  /** The sites' words, for when it failed. */
  private String logs() throws Exception {
    Path logs = folder.resolve("chaos/cluster-1/logs");
    if (!Files.isDirectory(logs)) {
      return "";
    }
    StringBuilder text = new StringBuilder();
    try (Stream<Path> files = Files.list(logs)) {
      for (Path file :
          files.filter(path -> path.getFileName().toString().startsWith("run-")).toList()) {
        text.append(file).append('\n').append(Files.readString(file));
      }
    }
    return text.toString();
  }
}
