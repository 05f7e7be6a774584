package io.swarmstream.network.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CappedLogTest {
  @TempDir Path folder;

  @Test
  void keepsTwoFilesOfLimitedSizeAndTheLastLines() throws Exception {
    Path file = folder.resolve("geth.log");
    Process talker =
        new ProcessBuilder(
                "/bin/sh",
                "-c",
                "i=0; while [ $i -lt 5000 ]; do echo \"line $i\"; i=$((i+1)); done")
            .start();
    try (CappedLog log = new CappedLog(file, 10_000)) {
      log.follow(talker).join(20_000);
      assertThat(log.lastLines()).hasSize(15).endsWith("line 4999");
      assertThat(log.lastSaid()).contains(file.toString());
    }
    assertThat(Files.size(file)).isLessThan(11_000);
    assertThat(Files.size(folder.resolve("geth.log.1"))).isBetween(10_000L, 11_000L);
    assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
    assertThat(folder.toFile().list()).hasSize(2);
  }
}
