package io.swarmstream.tasks.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.swarmstream.testkit.CommandLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentsTest {
  @TempDir private Path temp;

  private Path python(String text) throws IOException {
    Path program = Files.writeString(temp.resolve("python3.99"), "#!/bin/sh\n" + text + "\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    return program;
  }

  @Test
  void aPythonThatHangsDoesNotWorkAndDoesNotStay() throws IOException {
    Path program = python("sleep 600 & echo $! >" + temp + "/child; wait");

    assertThat(Environments.works(program, Duration.ofSeconds(1))).isFalse();

    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> CommandLines.running(program.toString()).isEmpty());
    long child = Long.parseLong(Files.readString(temp.resolve("child")).strip());
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> ProcessHandle.of(child).filter(ProcessHandle::isAlive).isEmpty());
  }

  @Test
  void aPythonWorksIfItSaysSo() throws IOException {
    assertThat(Environments.works(python("exit 0"), Duration.ofSeconds(20))).isTrue();
    assertThat(Environments.works(python("exit 1"), Duration.ofSeconds(20))).isFalse();
    assertThat(Environments.works(temp.resolve("nothing"), Duration.ofSeconds(20))).isFalse();
  }
}
