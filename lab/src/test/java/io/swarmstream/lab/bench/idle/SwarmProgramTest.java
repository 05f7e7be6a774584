package io.swarmstream.lab.bench.idle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SwarmProgramTest {
  @TempDir private Path folder;

  @Test
  void startsWhenTheProgramSaysSoAndStopsItWithItsChildren() throws Exception {
    Path script = script("tail -f /dev/null & echo \"$1 is up\"; exec tail -f /dev/null");
    ProcessHandle child;
    try (SwarmProgram program = SwarmProgram.start(script, "thing is up", "thing")) {
      assertThat(program.start().seconds()).isPositive();
      child = ProcessHandle.of(program.child("tail")).orElseThrow();
      assertThat(child.isAlive()).isTrue();
    }

    assertThat(child.onExit().get().isAlive()).isFalse();
  }

  @Test
  void tellsWhatAProgramHasSaidThatDoesNotStart() throws IOException {
    Path script = script("echo no room; exit 1");

    assertThatIllegalStateException()
        .isThrownBy(() -> SwarmProgram.start(script, "up", "thing"))
        .withMessageContaining("swarm thing did not start; it said:")
        .withMessageContaining("no room");
  }

  private Path script(String text) throws IOException {
    return Files.writeString(folder.resolve("swarm"), text + "\n");
  }
}
