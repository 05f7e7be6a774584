package io.swarmstream.schemas.processes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildCommandTest {
  @TempDir Path folder;

  @BeforeEach
  void needsAShell() {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "no POSIX shell");
  }

  @Test
  void isTheProcessItself() throws Exception {
    Process child =
        new ProcessBuilder(ChildCommand.of(List.of("/bin/sh", "-c", "echo $$ \"$1\"", "sh", "a b")))
            .start();
    String said = new String(child.getInputStream().readAllBytes(), UTF_8).strip();
    assertThat(said).isEqualTo(child.pid() + " a b");
    // Its output ends with it: the watching shell does not hold the pipe.
    assertThat(child.waitFor(5, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void endsWhenItsParentIsGone() throws Exception {
    Process parent = new ProcessBuilder("sleep", "60").start();
    List<String> command = new ArrayList<>(ChildCommand.of(List.of("sleep", "60")));
    String self = Long.toString(ProcessHandle.current().pid());
    command.set(command.indexOf(self), Long.toString(parent.pid()));
    Process child = new ProcessBuilder(command).start();
    assertThat(child.waitFor(2, TimeUnit.SECONDS)).isFalse();

    parent.destroyForcibly();

    assertThat(child.waitFor(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void leavesNoWatcherBehind() throws Exception {
    Process child = new ProcessBuilder(ChildCommand.of(List.of("sleep", "60"))).start();
    await().atMost(Duration.ofSeconds(5)).until(() -> child.children().findAny().isPresent());
    List<ProcessHandle> watchers = child.descendants().toList();

    child.destroyForcibly();

    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> watchers.stream().noneMatch(ProcessHandle::isAlive));
  }

  @Test
  void createsPrivateFiles() throws Exception {
    Path file = folder.resolve("made");
    Process child =
        new ProcessBuilder(ChildCommand.of(List.of("/bin/sh", "-c", ": > \"$0\"", file.toString())))
            .start();
    assertThat(child.waitFor(5, TimeUnit.SECONDS)).isTrue();
    assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
  }
}
