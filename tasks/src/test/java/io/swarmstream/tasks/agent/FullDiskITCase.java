package io.swarmstream.tasks.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import io.swarmstream.clients.chain.tasks.PeerState;
import io.swarmstream.clients.chain.tasks.RunState;
import io.swarmstream.tasks.docker.DockerManager;
import io.swarmstream.tasks.process.ProcessManager;
import io.swarmstream.tasks.run.BuildOrder;
import io.swarmstream.tasks.run.WorkProgress;
import io.swarmstream.testkit.CommandLines;
import io.swarmstream.testkit.real.RealPodman;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Builds on a disk that is full, and once more when there is room. Only root can make such one. */
class FullDiskITCase {
  private static final int DISK_MIB = 64;

  @TempDir private Path temp;
  private Path disk;

  @BeforeEach
  void mountASmallDisk() throws Exception {
    temp = temp.toRealPath();
    disk = Files.createDirectory(temp.resolve("disk"));
    if (run("mount", "-t", "tmpfs", "-o", "size=" + DISK_MIB + "m", "tmpfs", disk.toString())
        != 0) {
      abort("no disk for this test: mount needs root");
    }
  }

  @AfterEach
  void unmount() throws Exception {
    for (ProcessHandle service : CommandLines.running(disk + "/")) {
      service.destroy();
      var unused = service.onExit().get(30, TimeUnit.SECONDS);
    }
    assertThat(run("umount", "--recursive", disk.toString())).isZero();
  }

  private static int run(String... command) throws Exception {
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }

  /** Takes all room but some. */
  private Path ballast(int mebibytesLeft) throws IOException {
    Path file = disk.resolve("ballast");
    byte[] piece = new byte[1 << 16];
    try (OutputStream out = Files.newOutputStream(file)) {
      while (Files.getFileStore(disk).getUsableSpace() > ((long) mebibytesLeft << 20)) {
        out.write(piece);
      }
    }
    return file;
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 0})
  void aBuildWithoutRoomIsAnErrorThatSaysSo(int mebibytesLeft) throws Exception {
    Path folder = disk.resolve("agent");
    AgentScene scene =
        new AgentScene(
            folder,
            board -> board,
            host ->
                new AgentScene.ResourceHost(
                    new ProcessManager(folder.resolve("process"), "python3"), host.nodes()));
    scene.build("env");
    Path ballast = ballast(mebibytesLeft);
    long run = scene.assign("env", 1);

    scene.steps(6);

    assertThat(scene.runner().state()).isEqualTo(RunState.ERROR);
    scene.assertPeer(0, PeerState.ERROR, "is full: make room, then assign the task again");
    Files.delete(ballast);
    scene.author.reset(AgentScene.RUNNER);
    scene.steps(2);
    assertThat(scene.assign("env", 1)).isGreaterThan(run);

    scene.steps(6);

    assertThat(scene.runner().state()).as("%s", scene.peers()).isEqualTo(RunState.COMPLETE);
  }

  @Test
  void anEngineWithoutRoomSaysSo() throws Exception {
    Path socket;
    try {
      socket = RealPodman.socket(disk.resolve("podman"));
    } catch (IllegalStateException e) {
      if (RealPodman.isRequired()) {
        throw e;
      }
      abort("there is no Podman for this test: " + e.getMessage());
      return;
    }
    Path ballast = ballast(DISK_MIB / 2);
    Path wheel = temp.resolve("large-1-py3-none-any.whl");
    Files.write(wheel, new byte[DISK_MIB << 20]);
    BuildOrder order =
        new BuildOrder(
            "too-large",
            List.of("FROM scratch", "COPY *.whl /"),
            Optional.empty(),
            Optional.of(wheel),
            Optional.empty(),
            temp.resolve("build.log"),
            Duration.ofMinutes(3));
    try (DockerManager manager = DockerManager.open(Optional.of(socket), Map.of(), "full")) {
      assertThatThrownBy(() -> manager.build(order, WorkProgress.NONE))
          .hasMessageStartingWith("the build of too-large failed: ")
          .hasMessageContaining("no space left on device")
          .hasMessageEndingWith("is full: make room, then assign the task again");
      assertThat(manager.runtime("too-large")).isEmpty();
      // Podman's own clean-up writes files, too: on a full disk, now and then, it fails, and what
      // the build wrote stays.
      Files.delete(ballast);
      Files.write(wheel, new byte[1 << 20]);

      assertThat(manager.build(order, WorkProgress.NONE).name()).isEqualTo("too-large");
    }
  }
}
