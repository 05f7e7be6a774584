package io.swarmstream.tasks.docker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.swarmstream.tasks.DraftOrder;
import io.swarmstream.tasks.PackedWheel;
import io.swarmstream.tasks.run.BuildOrder;
import io.swarmstream.tasks.run.ContentOrder;
import io.swarmstream.tasks.run.PullOrder;
import io.swarmstream.tasks.run.RunLimits;
import io.swarmstream.tasks.run.StartedTrainer;
import io.swarmstream.tasks.run.TrainerMount;
import io.swarmstream.tasks.run.TrainerOrder;
import io.swarmstream.tasks.run.TrainerRuntime;
import io.swarmstream.tasks.run.WorkProgress;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real containers of Podman, by Docker's API. */
class DockerManagerITCase {
  private static final String OUTCOME = "user-env-Digits";
  private static final Duration LIMIT = Duration.ofMinutes(5);

  @TempDir private static Path shared;
  private static Path socket;
  private static Path wheel;

  @TempDir private Path temp;
  private Path data;
  private DockerManager manager;

  @BeforeAll
  static void buildAnImage() throws IOException {
    socket = PodmanForTests.socket();
    wheel = PackedWheel.in(shared);
    try (DockerManager builder = open("builder")) {
      assertThat(builder.check()).contains("Podman").contains(socket.toString());
      TrainerRuntime built =
          builder.build(
              build(
                  OUTCOME,
                  "FROM " + PodmanForTests.PYTHON,
                  " ",
                  "ENV GREETING=\"good morning\" \\",
                  "    LIBS=/usr/lib",
                  "RUN mkdir -p /tmp/hpe-swarmcli-pkg",
                  "COPY swarmlearning-client-py3-none-manylinux_2_24_x86_64.whl"
                      + " /tmp/hpe-swarmcli-pkg/swarmlearning-client-py3-none-manylinux_2_24_x86_64.whl",
                  "RUN pip3 install --no-deps --no-index"
                      + " /tmp/hpe-swarmcli-pkg/swarmlearning-client-py3-none-manylinux_2_24_x86_64.whl"),
              WorkProgress.NONE);
      assertThat(built.name()).isEqualTo(OUTCOME);
      assertThat(built.id()).contains("sha256:");
    }
  }

  private static DockerManager open(String agent) {
    return DockerManager.open(Optional.of(socket), Map.of(), "test-" + agent);
  }

  @BeforeEach
  void prepare() throws IOException {
    temp = temp.toRealPath();
    data = Files.createDirectory(temp.resolve("data"));
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxrwxrwx"));
    manager = open(temp.getFileName().toString());
  }

  @AfterEach
  void removeTrainers() {
    manager.runs().forEach(manager::remove);
    manager.close();
  }

  private static BuildOrder build(String outcome, String... steps) {
    return new BuildOrder(
        outcome,
        List.of(steps),
        Optional.empty(),
        Optional.of(wheel),
        Optional.empty(),
        shared.resolve("build.log"),
        LIMIT);
  }

  private TrainerOrder order(int site, String... python) {
    return order(site, RunLimits.USUAL, python);
  }

  private TrainerOrder order(int site, RunLimits limits, String... python) {
    return orderOf(OUTCOME, site, limits, python);
  }

  private TrainerOrder orderOf(String image, int site, RunLimits limits, String... python) {
    return DraftOrder.of(image, site)
        .python(python)
        .in("/tmp/test")
        .with(Map.of("MODEL_DIR", "model"))
        .seeing(new TrainerMount(TrainerMount.Kind.BIND, data.toString(), "/tmp/test", false))
        .sharing(temp)
        .as("1000:1000")
        .host("user1")
        .labelled(Map.of("study", "digits"))
        .within(limits)
        .order();
  }

  private static int ended(StartedTrainer trainer) {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(trainer.exitCode()).as(trainer.name()).isPresent());
    return trainer.exitCode().orElseThrow();
  }

  private static String log(StartedTrainer trainer) throws IOException {
    try (InputStream log = trainer.log()) {
      return new String(log.readAllBytes(), UTF_8);
    }
  }

  @Test
  void runsATrainerWithItsDataAndNothingElse() throws IOException {
    Files.writeString(data.resolve("x"), "patients");
    Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwxrwxrwx"));

    StartedTrainer trainer =
        manager.start(
            order(
                1,
                "import importlib.metadata as m, os, socket, tempfile",
                "print(m.version('swarmstream-client'), os.environ['GREETING'], os.getcwd())",
                "print(open('x').read(), os.getuid(), os.getgid())",
                "open('model', 'w').write('trained')",
                "tempfile.TemporaryFile().write(b'x')",
                "print(os.environ['SWARM_NODE'], os.environ['SL_REQUEST_CHANNEL'])",
                "open('/tmp/hpe-swarm/trained_weights.pkl', 'w').write('weights')",
                "print('caps', [l for l in open('/proc/self/status') if l.startswith(('CapEff', 'NoNewPrivs'))])",
                "print('nets', os.listdir('/sys/class/net'))",
                "try: open('/opt/x', 'w')",
                "except OSError as e: print('root', e.strerror)",
                "raise SystemExit(7)"));

    assertThat(ended(trainer)).as(log(trainer)).isEqualTo(7);
    assertThat(log(trainer))
        .contains(
            " good morning /tmp/test",
            "patients 1000 1000",
            "unix:///tmp/hpe-swarm/site.sock /tmp/hpe-swarm/q.pipe",
            "CapEff:\\t0000000000000000",
            "NoNewPrivs:\\t1",
            "nets ['lo']",
            "root Read-only file system");
    assertThat(data.resolve("model")).hasContent("trained");
    assertThat(temp.resolve("trained_weights.pkl")).hasContent("weights");
    assertThat(trainer.name()).matches("demo-run_digits-u-1-[0-9a-f]{8}");
  }

  @Test
  void reachesItsSiteThroughTheMountedFolder() throws Exception {
    Path file = temp.resolve("site.sock");
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(file));
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxrwxrwx"));
      Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwxr-xr-x"));
      StartedTrainer trainer =
          manager.start(
              order(
                  0,
                  "import os, socket",
                  "s = socket.socket(socket.AF_UNIX)",
                  "s.connect(os.environ['SWARM_NODE'][len('unix://'):])",
                  "print(s.recv(5).decode())"));
      server.configureBlocking(false);
      await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () -> {
                SocketChannel client = server.accept();
                if (client == null) {
                  return trainer.exitCode().isPresent();
                }
                client.write(ByteBuffer.wrap("hello".getBytes(UTF_8)));
                client.close();
                return true;
              });

      assertThat(ended(trainer)).as(log(trainer)).isZero();
      assertThat(log(trainer)).contains("hello");
    }
  }

  @Test
  void findsTrainersAgainAndRemovesThem() {
    StartedTrainer first = manager.start(order(0, "import time; time.sleep(600)"));
    StartedTrainer second = manager.start(order(1, "import time; time.sleep(600)"));
    StartedTrainer replacing = manager.start(order(1, "import time; time.sleep(600)"));

    try (DockerManager other = open(temp.getFileName().toString());
        DockerManager stranger = open("stranger")) {
      assertThat(stranger.runs()).isEmpty();
      assertThat(other.runs()).containsExactly("runner/1");
      assertThat(other.running("runner/1"))
          .extracting(StartedTrainer::name)
          .containsExactly(first.name(), replacing.name())
          .doesNotContain(second.name());
      assertThat(other.running("runner/1")).allMatch(StartedTrainer::isRunning);

      other.remove("runner/1");

      assertThat(other.running("runner/1")).isEmpty();
      assertThat(first.exitCode()).hasValue(-1);
    }
  }

  @Test
  void holdsTrainersToTheirLimits() throws IOException {
    RunLimits usual = RunLimits.USUAL;
    StartedTrainer greedy =
        manager.start(
            order(
                0,
                usual.withMemory(64L << 20),
                "import time",
                "x = [bytearray(1 << 20) for i in range(200)]",
                "time.sleep(600)"));
    StartedTrainer slow =
        manager.start(
            order(1, usual.withTime(Duration.ofSeconds(2)), "import time; time.sleep(600)"));
    StartedTrainer many =
        manager.start(
            order(
                2,
                usual.withPids(8),
                "import subprocess",
                "for i in range(20): subprocess.Popen(['sleep', '600'])"));

    assertThat(ended(greedy)).isEqualTo(128 + 9);
    assertThat(ended(slow)).isGreaterThan(128);
    assertThat(slow.ending()).hasValue("it took longer than 2 s");
    assertThat(ended(many)).isEqualTo(1);
    assertThat(log(many)).contains("Resource temporarily unavailable");
  }

  @Test
  void stopsATrainerThatDoesNotWantTo() throws IOException {
    StartedTrainer trainer =
        manager.start(
            order(
                0,
                "import signal, time",
                "signal.signal(signal.SIGTERM, signal.SIG_IGN)",
                "print('up')",
                "time.sleep(600)"));
    await().atMost(Duration.ofSeconds(60)).until(() -> log(trainer).contains("up"));

    trainer.stop(Duration.ofSeconds(1));

    assertThat(trainer.exitCode()).hasValue(128 + 9);
    trainer.stop(Duration.ofSeconds(1));
  }

  @Test
  void saysWhichImageOrProgramIsMissing() {
    assertThatThrownBy(() -> manager.start(orderOf("no-such-image", 0, RunLimits.USUAL, "x")))
        .hasMessageContaining("there is no image no-such-image on this host");
    assertThat(manager.runtime("no-such-image")).isEmpty();
    TrainerOrder wrong = DraftOrder.of(OUTCOME, 0).running("no-such-program").order();
    assertThatThrownBy(() -> manager.start(wrong)).hasMessageContaining("no-such-program");
    assertThat(manager.running("runner/1")).isEmpty();
  }

  @Test
  void aBuildThatFailsSaysWhy() {
    assertThatThrownBy(
            () ->
                manager.build(
                    build(
                        "broken",
                        "FROM " + PodmanForTests.PYTHON,
                        "RUN echo about to fail && exit 3"),
                    WorkProgress.NONE))
        .hasMessageStartingWith("the build of broken failed:")
        .hasMessageContaining("exit 3");
    assertThat(manager.runtime("broken")).isEmpty();
  }

  @Test
  void aPullThatFailsSaysWhy() {
    PullOrder order =
        new PullOrder("x", "localhost:1/team/x", "1.0", Optional.empty(), Optional.empty(), LIMIT);

    assertThatThrownBy(() -> manager.pull(order, WorkProgress.NONE))
        .hasMessageStartingWith("the pull of localhost:1/team/x:1.0 failed:")
        .hasMessageContaining("localhost:1");
  }

  @Test
  void fillsVolumesForBuildsAndTrainers() throws IOException {
    Path file = Files.writeString(temp.resolve("weights.bin"), "weights");
    ContentOrder.Step step = new ContentOrder.Step.Download(file.toUri().toString(), "in/");
    String name = "swarm-test-" + temp.getFileName();
    manager.content(
        new ContentOrder(name, List.of(), List.of(step), 1 << 20, LIMIT), WorkProgress.NONE);
    manager.content(
        new ContentOrder(name, List.of(1), List.of(step), 1 << 20, LIMIT), WorkProgress.NONE);

    BuildOrder plain =
        build("with-context", "FROM " + PodmanForTests.PYTHON, "COPY in/weights.bin /weights");
    manager.build(
        new BuildOrder(
            plain.outcome(),
            plain.steps(),
            Optional.of(name),
            plain.wheel(),
            plain.base(),
            plain.log(),
            LIMIT),
        WorkProgress.NONE);
    TrainerOrder order =
        DraftOrder.of("with-context", 1)
            .python("print(open('/weights').read(), open('/tmp/test/model/in/weights.bin').read())")
            .seeing(new TrainerMount(TrainerMount.Kind.VOLUME, name, "/tmp/test/model", true))
            .order();

    StartedTrainer trainer = manager.start(order);

    assertThat(ended(trainer)).as(log(trainer)).isZero();
    assertThat(log(trainer)).contains("weights weights");
    manager.remove("runner/1");
    try (EngineConnection engine = EngineConnection.open(Optional.of(socket), Map.of())) {
      engine.commands().removeVolumeCmd(name).exec();
      engine.commands().removeVolumeCmd(ContentOrder.volume(name, 1)).exec();
    }
  }

  private static List<String> copiesOfLogs() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.startsWith("trainer") && name.endsWith(".log"))
          .toList();
    }
  }

  @Test
  void readingALogLeavesNoFile() throws IOException {
    StartedTrainer trainer = manager.start(order(0, "print('said')"));
    assertThat(ended(trainer)).isZero();
    List<String> before = copiesOfLogs();

    try (InputStream log = trainer.log()) {
      assertThat(copiesOfLogs()).isEqualTo(before);
      assertThat(new String(log.readAllBytes(), UTF_8)).contains("said");
    }
    manager.remove("runner/1");
    try (InputStream log = trainer.log()) {
      assertThat(log.readAllBytes()).isEmpty();
    }
    try (EngineConnection nowhere =
        EngineConnection.open(Optional.of(temp.resolve("no.sock")), Map.of())) {
      StartedTrainer lost = new ContainerTrainer(nowhere, "x", "x", Map.of());
      assertThatThrownBy(lost::log).isInstanceOf(RuntimeException.class);
    }
    assertThat(copiesOfLogs()).isEqualTo(before);
  }

  @Test
  void closesTheEnginesSocketAndStorage() throws IOException {
    List<Path> closed = manager.closed();

    assertThat(closed).hasSize(2).contains(socket);
    assertThat(closed.get(1)).isDirectoryContaining("glob:**/overlay*");
  }

  @Test
  void saysWhereItLookedForAnEngine() {
    try (DockerManager nowhere =
        DockerManager.open(Optional.of(temp.resolve("no.sock")), Map.of(), "x")) {
      assertThatThrownBy(nowhere::check)
          .hasMessageStartingWith("there is no container engine at unix://" + temp)
          .hasMessageContaining("mgrtype: PROCESS");
    }
  }
}
