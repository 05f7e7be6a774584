package io.swarmstream.lab.hpe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.swarmstream.testkit.CommandLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What HPE's scripts start and stop, with stand-ins for the swarm command and the engine. */
class HpeProgramsTest {
  private static final Path BIN =
      Objects.requireNonNull(Path.of("").toAbsolutePath().getParent()).resolve("deploy/hpe/bin");
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String TOKEN = "secret-of-the-site";

  @TempDir private Path folder;
  private final List<Process> started = new ArrayList<>();

  @BeforeEach
  void standIns() throws IOException {
    // What it starts is known by its path.
    Files.copy(Path.of("/bin/sleep"), folder.resolve("sleeper"));
    program(
        "swarm",
        """
        echo "$*" >>"$HERE/swarm.said"
        while [ "$1" != --folder ] && [ $# -gt 0 ]; do last=$1; shift; done
        case $last in
          start)
            mkdir -p "$2"
            echo %s >"$2/token"
            echo "http://127.0.0.1:${4}"
            exec "$HERE/sleeper" 600 ;;
        esac
        """
            .formatted(TOKEN));
    program(
        "trainer",
        """
        "$HERE/sleeper" 600 &
        cat "$SWARM_TOKEN_FILE" >"$HERE/trainer.said"
        wait
        """);
    program(
        "podman",
        """
        echo "$*" >>"$HERE/podman.said"
        case $1 in
          run) exec "$HERE/sleeper" 600 ;;
          stop) touch "$HERE/stopped" ;;
        esac
        """);
  }

  @AfterEach
  void stop() {
    started.forEach(Process::destroyForcibly);
    sleepers().forEach(ProcessHandle::destroyForcibly);
  }

  private void program(String name, String text) throws IOException {
    Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\nHERE=" + folder + "\n" + text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private Process start(String script, String... options) throws IOException {
    // Whatever started the tests may ignore Ctrl-C, which scripts could not change.
    List<String> command =
        new ArrayList<>(
            List.of(
                "python3",
                "-c",
                "import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL);"
                    + " os.execv(sys.argv[1], sys.argv[1:])",
                BIN.resolve(script).toString()));
    command.addAll(List.of(options));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("script.said").toFile());
    builder.environment().put("SWARM_COMMAND", folder.resolve("swarm").toString());
    builder.environment().put("SWARM_HPE_HOME", folder.resolve("state").toString());
    builder.environment().put("PATH", folder + ":" + System.getenv("PATH"));
    builder.environment().keySet().removeIf(name -> name.startsWith("SWCI_"));
    Process process = builder.start();
    started.add(process);
    return process;
  }

  private String said(String name) throws IOException {
    Path file = folder.resolve(name + ".said");
    return Files.exists(file) ? Files.readString(file) : "";
  }

  private List<ProcessHandle> sleepers() {
    return CommandLines.running(folder.resolve("sleeper").toString());
  }

  private void member(String name) throws IOException {
    Path member = Files.createDirectories(folder.resolve("state/members").resolve(name));
    Files.writeString(member.resolve("site.properties"), "name=" + name);
  }

  private Process startSite(String... more) throws IOException {
    member("sl1");
    List<String> options =
        Stream.concat(
                Stream.of("--name=sl1", "--host-ip=127.0.0.1", "--sn-ip=sn1", "--sl-fs-port=30999"),
                Stream.of(more))
            .toList();
    return start("run-sl", options.toArray(String[]::new));
  }

  private int interrupted(Process script) throws Exception {
    Process kill = new ProcessBuilder("kill", "-INT", String.valueOf(script.pid())).start();
    assertThat(kill.waitFor()).isZero();
    assertThat(script.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
    return script.exitValue();
  }

  @Test
  void ctrlCEndsTheProgramAndItsSite() throws Exception {
    Process script = startSite("--ml-entrypoint=" + folder.resolve("trainer"));
    await().atMost(SOON).untilAsserted(() -> assertThat(said("trainer")).contains(TOKEN));
    assertThat(sleepers()).hasSize(2);

    assertThat(interrupted(script)).isEqualTo(130);

    await().atMost(SOON).untilAsserted(() -> assertThat(sleepers()).isEmpty());
    assertThat(said("swarm")).contains("site start").doesNotContain(TOKEN);
  }

  @Test
  void whatAKilledScriptLeavesBehindIsStoppedLater() throws Exception {
    Process script = startSite("--ml-entrypoint=" + folder.resolve("trainer"));
    await().atMost(SOON).untilAsserted(() -> assertThat(said("trainer")).contains(TOKEN));
    await().atMost(SOON).until(() -> Files.exists(folder.resolve("state/nodes/sl1/program")));
    Set<Long> ofProgram = new HashSet<>();
    long program =
        Long.parseLong(
            Files.readString(folder.resolve("state/nodes/sl1/program")).split(" ", 2)[0]);
    ProcessHandle.of(program)
        .orElseThrow()
        .descendants()
        .forEach(child -> ofProgram.add(child.pid()));
    assertThat(ofProgram).isNotEmpty();

    script.destroyForcibly();
    assertThat(script.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
    Process stop = start("stop-swarm");

    assertThat(stop.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(stop.exitValue()).as(said("script")).isZero();
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(sleepers()).noneMatch(found -> ofProgram.contains(found.pid())));
  }

  @Test
  void whatAProgramLeavesBehindEndsWithIt() throws Exception {
    program("trainer", "\"$HERE/sleeper\" 600 &\nexit 3\n");

    Process script = startSite("--ml-entrypoint=" + folder.resolve("trainer"));

    assertThat(script.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(script.exitValue()).isEqualTo(3);
    await().atMost(SOON).untilAsserted(() -> assertThat(sleepers()).isEmpty());
    assertThat(folder.resolve("state/nodes/sl1/exit")).hasContent("3");
  }

  @Test
  void aSiteThatCannotStartIsSaidAndRecorded() throws Exception {
    program("swarm", "echo 'Address already in use'\nexit 4\n");

    Process script = startSite("--ml-entrypoint=" + folder.resolve("trainer"));

    assertThat(script.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(script.exitValue()).isEqualTo(1);
    assertThat(said("script")).contains("Address already in use", "the site node has ended");
    assertThat(folder.resolve("state/nodes/sl1/exit")).hasContent("1");
  }

  @Test
  void aContainerGetsTheSitesSocketAndNoToken() throws Exception {
    Process script =
        startSite(
            "--ml-image=user-ml",
            "--ml-cmd=train.py",
            "--ml-v=a/data:/data",
            "--ml-v=b:/b",
            "--ml-v=/c");
    await().atMost(SOON).untilAsserted(() -> assertThat(said("podman")).contains("run"));

    assertThat(said("podman"))
        .contains("-v " + folder.resolve("state/members/sl1/trainer") + ":/tmp/hpe-swarm")
        .contains("-e SL_REQUEST_CHANNEL=/tmp/hpe-swarm/SL_REQUEST_CHANNEL")
        .contains("-e SWARM_NODE=unix:///tmp/hpe-swarm/site.sock")
        .contains("-v " + folder + "/a/data:/data -v b:/b -v /c ")
        .contains("user-ml train.py")
        .doesNotContain(TOKEN, "TOKEN");
    assertThat(interrupted(script)).isEqualTo(130);
    assertThat(said("podman")).contains("stop -t 5 ml-sl1");
    await().atMost(SOON).untilAsserted(() -> assertThat(sleepers()).isEmpty());
  }

  @Test
  void packedLogsHoldNoSecrets() throws Exception {
    Path node = Files.createDirectories(folder.resolve("state/nodes/sl1"));
    Files.writeString(node.resolve("log"), "begins\n");
    Files.writeString(node.resolve("site.log"), "page: http://h/login?code=once-1_a and more\n");
    Path member = Files.createDirectories(folder.resolve("state/members/sl1"));
    Files.writeString(member.resolve("token"), TOKEN);
    Files.writeString(member.resolve("password"), TOKEN);
    Path trainer = Files.createDirectories(member.resolve("trainer"));
    Files.writeString(trainer.resolve("weights.log"), TOKEN);

    Process packing = start("swarmLogCollector", "--output", "logs.tar.gz");
    assertThat(packing.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(said("script")).contains("2 files are in " + folder.resolve("logs.tar.gz"));
    Path packed = Files.createDirectories(folder.resolve("packed"));
    Process unpacking =
        new ProcessBuilder("tar", "-xzf", folder.resolve("logs.tar.gz").toString())
            .directory(packed.toFile())
            .start();
    assertThat(unpacking.waitFor()).isZero();

    try (Stream<Path> all = Files.walk(packed)) {
      assertThat(all.filter(Files::isRegularFile).map(packed::relativize).map(Path::toString))
          .containsExactlyInAnyOrder("nodes/sl1/log", "nodes/sl1/site.log");
    }
    assertThat(packed.resolve("nodes/sl1/site.log"))
        .hasContent("page: http://h/login?code=... and more");
  }

  private String shell(String... options) throws Exception {
    Files.deleteIfExists(folder.resolve("swarm.said"));
    List<String> all =
        Stream.concat(Stream.of("--name=swci-1", "-e", "SWCI_MODE=WEB"), Stream.of(options))
            .toList();
    Process script = start("run-swci", all.toArray(String[]::new));
    assertThat(script.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(script.exitValue()).as(said("script")).isZero();
    return said("swarm");
  }

  @Test
  void thePublishedPortIsTheOneThatTheShellListensOn() throws Exception {
    member("swci-1");

    assertThat(shell()).contains("--serve --port 30306").doesNotContain("--host");
    assertThat(shell("-e", "SWCI_WEB_PORT=30400")).contains("--port 30400");
    assertThat(shell("-p", "30306")).contains("--host 0.0.0.0 --serve --port 30306");
    assertThat(shell("-p", "8443:30306")).contains("--host 0.0.0.0 --serve --port 8443");
    assertThat(shell("--publish=127.0.0.1:8443:30306"))
        .contains("--host 127.0.0.1 --serve --port 8443");
    assertThat(shell("-p", "[::1]::30306")).contains("--host [::1] --serve --port 30306");
  }

  @Test
  void anAgentGivesBuildsOurPackages() throws Exception {
    member("swop1");
    Files.writeString(folder.resolve("profile.yaml"), "groupname : demo");

    Process script =
        start("run-swop", "--name=swop1", "--usr-dir=.", "--profile-file-name=profile.yaml");

    assertThat(script.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(script.exitValue()).as(said("script")).isZero();
    assertThat(said("swarm"))
        .startsWith("agent --profile " + folder)
        .containsPattern("--wheel \\S+/swarmstream_client-\\S+-py3-none-any\\.whl");
  }
}
