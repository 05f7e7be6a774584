package io.swarmstream.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningSwarmTest {
  @TempDir Path folder;

  @Test
  void readsAFileThatAnEditorHasMarked() throws IOException {
    Path file = folder.resolve("swarm.properties");
    Files.writeString(file, "\uFEFFkafka=localhost:9092\r\nchain=http://localhost:8545\r\n");

    assertThat(RunningSwarm.addresses(file))
        .containsEntry("kafka", "localhost:9092")
        .containsEntry("chain", "http://localhost:8545");
  }
}
