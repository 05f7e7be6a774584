package io.swarmstream.local.processes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateCommandTest {
  @TempDir Path folder;

  @Test
  void createsFilesForThisUserAlone() throws Exception {
    List<String> command =
        List.of("/bin/sh", "-c", "mkdir $0/c && echo 1 > $0/c/child", "" + folder);
    Process process =
        new ProcessBuilder(PrivateCommand.of(command)).redirectErrorStream(true).start();

    assertThat(new String(process.getInputStream().readAllBytes(), UTF_8)).isEmpty();
    assertThat(process.waitFor()).isZero();
    for (Path file : List.of(folder.resolve("c"), folder.resolve("c/child"))) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .endsWith("------");
    }
  }

  @Test
  void keepsTheProcessNumber() throws Exception {
    Process process =
        new ProcessBuilder(PrivateCommand.of(List.of("/bin/sh", "-c", "echo $$"))).start();

    assertThat(new String(process.getInputStream().readAllBytes(), UTF_8).strip())
        .isEqualTo(Long.toString(process.pid()));
  }
}
