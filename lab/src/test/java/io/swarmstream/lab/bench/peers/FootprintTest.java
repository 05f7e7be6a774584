package io.swarmstream.lab.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FootprintTest {
  @BeforeEach
  void isLinux() {
    assumeTrue(Files.isDirectory(Path.of("/proc/self")), "no /proc");
  }

  @Test
  void countsWhatAChildOfAChildHasUsedAlsoAfterItsEnd() throws Exception {
    Footprint footprint = new Footprint();
    // The inner shell works and ends; the outer one has waited for it and is still there.
    Process shell =
        new ProcessBuilder(
                "sh",
                "-c",
                "sh -c 'i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done'; echo done; read line")
            .start();
    try {
      footprint.markStart();
      assertThat(shell.inputReader().readLine()).isEqualTo("done");
      footprint.sample();
      footprint.markEnd();
    } finally {
      ProcessTree.stop(shell);
    }
    assertThat(footprint.cpuSeconds()).isGreaterThan(0.01);
    assertThat(footprint.peakBytes()).isNotEmpty();
    assertThat(footprint.peakTogetherBytes()).isPositive();
  }

  @Test
  void stopsAProcessWithAllThatItHasStarted() throws Exception {
    Process shell =
        new ProcessBuilder("sh", "-c", "trap '' TERM; sleep 300 & echo started; wait; wait")
            .start();
    assertThat(shell.inputReader().readLine()).isEqualTo("started");
    List<ProcessHandle> started = shell.descendants().toList();
    assertThat(started).isNotEmpty();
    ProcessTree.stop(shell);
    for (ProcessHandle handle : started) {
      handle.onExit().get(10, java.util.concurrent.TimeUnit.SECONDS);
    }
    assertThat(shell.isAlive()).isFalse();
  }

  @Test
  void namesProcessesByWhatTheyRun() {
    assertThat(ProcessName.of(List.of("/venv/bin/python", "-m", "peers.flwr_grpc", "3")))
        .isEqualTo("flwr_grpc");
    assertThat(ProcessName.of(List.of("/venv/bin/python3", "/venv/bin/flower-superlink", "--x")))
        .isEqualTo("flower-superlink");
    assertThat(ProcessName.of(List.of("java", "-Xmx1g", "-cp", "a.jar:b.jar", "kafka.Kafka", "c")))
        .isEqualTo("Kafka");
    assertThat(ProcessName.of(List.of("/x/anvil", "--port", "1"))).isEqualTo("anvil");
    assertThat(ProcessName.of(List.of())).isEqualTo("unknown");
  }
}
