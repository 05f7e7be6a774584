package io.swarmstream.tasks.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.swarmstream.tasks.DraftOrder;
import io.swarmstream.tasks.PackedWheel;
import io.swarmstream.tasks.run.BuildOrder;
import io.swarmstream.tasks.run.ContentOrder;
import io.swarmstream.tasks.run.PullOrder;
import io.swarmstream.tasks.run.RunFailure;
import io.swarmstream.tasks.run.RunLimits;
import io.swarmstream.tasks.run.StartedTrainer;
import io.swarmstream.tasks.run.TrainerMount;
import io.swarmstream.tasks.run.TrainerOrder;
import io.swarmstream.tasks.run.WorkProgress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real environments and processes, with this machine's Python and no network. */
class ProcessManagerITCase {
  private static final String OUTCOME = "user-env/digits:1";
  private static final Duration LIMIT = Duration.ofMinutes(3);

  @TempDir private static Path shared;
  private static Path folder;
  private static Path wheel;
  private static List<String> said;

  @TempDir private Path temp;
  private Path data;
  private ProcessManager manager;

  @BeforeAll
  static void buildAnEnvironment() throws IOException {
    shared = shared.toRealPath();
    folder = shared.resolve("manager");
    wheel = PackedWheel.in(Files.createDirectory(shared.resolve("wheels")));
    said = new ArrayList<>();
    try (ProcessManager builder = new ProcessManager(folder, "python3")) {
      assertThat(builder.check()).contains("processes in environments of Python 3.");
      builder.build(
          build(
              OUTCOME,
              "FROM tensorflow/tensorflow:2.7.0",
              " ",
              "RUN apt-get update && apt-get install -y \\",
              "   libgl1",
              "ENV GREETING=\"good morning\" LIBS=/usr/lib:${LIBS}",
              "RUN mkdir -p /tmp/hpe-swarmcli-pkg",
              "COPY swarmlearning-client-py3-none-manylinux_2_24_x86_64.whl"
                  + " /tmp/hpe-swarmcli-pkg/swarmlearning-client-py3-none-manylinux_2_24_x86_64.whl",
              "RUN pip3 install --no-deps --no-index"
                  + " /tmp/hpe-swarmcli-pkg/swarmlearning-client-py3-none-manylinux_2_24_x86_64.whl"),
          collecting(said));
    }
  }

  @BeforeEach
  void prepare() throws IOException {
    temp = temp.toRealPath();
    data = Files.createDirectory(temp.resolve("data"));
    manager = new ProcessManager(folder, "python3");
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
        Optional.of("sl-cli-lib"),
        Optional.of(wheel),
        Optional.empty(),
        shared.resolve("build.log"),
        LIMIT);
  }

  private static WorkProgress collecting(List<String> lines) {
    return new WorkProgress() {
      @Override
      public void says(String status) {
        lines.add(status);
      }

      @Override
      public boolean isStopped() {
        return false;
      }
    };
  }

  private TrainerOrder order(int site, String... python) {
    return order(site, RunLimits.USUAL, python);
  }

  private TrainerOrder order(int site, RunLimits limits, String... python) {
    return DraftOrder.of(OUTCOME, site)
        .python(python)
        .in("/tmp/test")
        .with(Map.of("MODEL_DIR", "model", "ABSOLUTE", "/tmp/test/app-data/x"))
        .seeing(
            new TrainerMount(TrainerMount.Kind.BIND, data.toString(), "/tmp/test/app-data", false))
        .sharing(temp)
        .within(limits)
        .order();
  }

  private static int ended(StartedTrainer trainer) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(trainer.exitCode()).as(trainer.id()).isPresent());
    return trainer.exitCode().orElseThrow();
  }

  private static String log(StartedTrainer trainer) throws IOException {
    try (InputStream log = trainer.log()) {
      return new String(log.readAllBytes(), UTF_8);
    }
  }

  @Test
  void saysWhatABuildLeavesOut() {
    assertThat(said)
        .containsSubsequence(
            "Docker Build Args and context Created",
            "Task Startup : created build prerequisites",
            "Build thread has started",
            "warning: line 3: RUN apt-get update is left out: only pip runs where there are no"
                + " containers",
            "warning: line 3: RUN apt-get install -y libgl1 is left out: only pip runs where there"
                + " are no containers");
    assertThat(manager.runtime(OUTCOME)).isPresent();
    assertThat(manager.runtime("other")).isEmpty();
  }

  @Test
  void runsATrainerInItsEnvironmentWithItsData() throws IOException {
    Files.writeString(data.resolve("x"), "patients");

    StartedTrainer trainer =
        manager.start(
            order(
                1,
                "import importlib.metadata as m, os",
                "print(m.version('swarmstream-client'), os.environ['GREETING'], os.getcwd())",
                "print(open('app-data/x').read(), open(os.environ['ABSOLUTE']).read())",
                "open('app-data/model', 'w').write('trained')",
                "print(sorted(k for k in os.environ))",
                "print(os.environ['SWARM_NODE'], os.environ['SL_REQUEST_CHANNEL'])",
                "raise SystemExit(7)"));

    assertThat(ended(trainer)).isEqualTo(7);
    assertThat(log(trainer))
        .contains(" good morning", "/root/tmp/test\n", "patients patients")
        .contains("unix://" + temp + "/site.sock " + temp + "/q.pipe");
    assertThat(log(trainer))
        .as("nothing of the agent's environment")
        .doesNotContain("JAVA_HOME", "MAVEN");
    assertThat(data.resolve("model")).hasContent("trained");
    assertThat(trainer.name()).matches("demo-run_digits-u-1-[0-9a-f]{8}");
    assertThat(trainer.isRunning()).isFalse();
  }

  @Test
  void findsTrainersAgainAndRemovesAllThatTheyStarted() {
    StartedTrainer first = manager.start(order(0, "import time; time.sleep(600)"));
    StartedTrainer second =
        manager.start(
            order(
                1,
                "import subprocess, sys, time",
                "subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'],"
                    + " start_new_session=True)",
                "time.sleep(600)"));

    try (ProcessManager other = new ProcessManager(folder, "python3")) {
      assertThat(other.runs()).containsExactly("runner/1");
      List<StartedTrainer> found = other.running("runner/1");
      assertThat(found)
          .extracting(StartedTrainer::name)
          .containsExactly(first.name(), second.name());
      assertThat(found).allMatch(StartedTrainer::isRunning);
      List<ProcessHandle> processes =
          found.stream()
              .map(trainer -> ((ProcessTrainer) trainer).supervisor().orElseThrow())
              .toList();
      await().until(() -> processes.get(1).descendants().count() == 2);
      List<ProcessHandle> all =
          processes.stream()
              .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
              .toList();
      assertThat(all).hasSize(5);

      other.remove("runner/1");

      assertThat(other.running("runner/1")).isEmpty();
      await().until(() -> all.stream().noneMatch(ProcessHandle::isAlive));
    }
  }

  @Test
  void replacesATrainerOfTheSameSite() {
    StartedTrainer first = manager.start(order(0, "import time; time.sleep(600)"));
    StartedTrainer second = manager.start(order(0, "import time; time.sleep(600)"));

    assertThat(manager.running("runner/1"))
        .extracting(StartedTrainer::name)
        .containsExactly(second.name())
        .doesNotContain(first.name());
  }

  @Test
  void stopsATrainerThatDoesNotWantTo() throws IOException {
    StartedTrainer polite = manager.start(order(0, "import time; print('up'); time.sleep(600)"));
    StartedTrainer stubborn =
        manager.start(
            order(
                1,
                "import signal, time",
                "signal.signal(signal.SIGTERM, signal.SIG_IGN)",
                "print('up')",
                "time.sleep(600)"));
    await().until(() -> log(polite).contains("up") && log(stubborn).contains("up"));

    polite.stop(Duration.ofSeconds(10));
    stubborn.stop(Duration.ofSeconds(1));

    assertThat(polite.exitCode()).hasValue(128 + 15);
    assertThat(polite.ending()).hasValue("it was stopped");
    assertThat(ended(stubborn)).isEqualTo(128 + 9);
  }

  @Test
  void holdsTrainersToTheirLimits() {
    RunLimits usual = RunLimits.USUAL;
    StartedTrainer greedy =
        manager.start(
            order(
                0,
                usual.withMemory(80L << 20),
                "import time",
                "x = [bytearray(1 << 20) for i in range(140)]",
                "time.sleep(600)"));
    StartedTrainer slow =
        manager.start(
            order(1, usual.withTime(Duration.ofSeconds(1)), "import time; time.sleep(600)"));
    StartedTrainer many =
        manager.start(
            order(
                2,
                usual.withPids(5),
                "import subprocess, sys, time",
                "for i in range(20): subprocess.Popen(['sleep', '600'])",
                "time.sleep(600)"));

    assertThat(ended(greedy)).isEqualTo(128 + 9);
    assertThat(greedy.ending().orElseThrow()).contains("more than 83886080 bytes of memory");
    assertThat(ended(slow)).isEqualTo(128 + 15);
    assertThat(slow.ending()).hasValue("it took longer than 1 s");
    ended(many);
    assertThat(many.ending()).hasValue("it had more than 5 processes");
  }

  @Test
  void keepsTheNewestOfALongLog() throws IOException {
    StartedTrainer trainer =
        manager.start(
            order(0, RunLimits.USUAL.withLog(100_000), "for i in range(100000): print('line', i)"));

    assertThat(ended(trainer)).isZero();
    assertThat(log(trainer)).endsWith("line 99999\n");
    assertThat(log(trainer).length()).isBetween(40_000, 100_000);
  }

  @Test
  void saysThatNobodySawTheEnd() {
    StartedTrainer trainer = manager.start(order(0, "import time; time.sleep(600)"));
    ((ProcessTrainer) trainer).supervisor().orElseThrow().destroyForcibly();

    await().until(() -> !trainer.isRunning());
    assertThat(trainer.exitCode()).hasValue(-1);
  }

  @Test
  void saysWhichProgramIsMissing() throws IOException {
    TrainerOrder order = DraftOrder.of(OUTCOME, 0).running("no-such-program").order();

    StartedTrainer trainer = manager.start(order);

    assertThat(ended(trainer)).isEqualTo(127);
    assertThat(trainer.ending().orElseThrow()).startsWith("no-such-program could not be started");
  }

  @Test
  void mountsVolumesAndMountsInsideOfMounts() throws IOException {
    Path file = Files.writeString(temp.resolve("model.bin"), "weights");
    manager.content(
        new ContentOrder(
            "digits-model",
            List.of(0, 1),
            List.of(new ContentOrder.Step.Download(file.toUri().toString(), "")),
            1 << 20,
            LIMIT),
        WorkProgress.NONE);
    Files.createDirectories(data.resolve("scratch"));
    TrainerOrder order =
        DraftOrder.of(OUTCOME, 1)
            .python(
                "import os",
                "print(sorted(os.listdir('.')), open('model/model.bin').read())",
                "open('scratch/out', 'w').write('x')")
            .in("/tmp/test")
            .seeing(
                new TrainerMount(
                    TrainerMount.Kind.VOLUME, "digits-model", "/tmp/test/model", false),
                new TrainerMount(TrainerMount.Kind.BIND, data.toString(), "/tmp/test", false))
            .order();

    StartedTrainer trainer = manager.start(order);

    assertThat(ended(trainer)).as(log(trainer)).isZero();
    assertThat(log(trainer)).contains("['model', 'scratch'] weights");
    assertThat(data.resolve("scratch/out")).hasContent("x");
  }

  @Test
  void refusesASourceThatHasBecomeALink() throws IOException {
    Path link = Files.createSymbolicLink(temp.resolve("link"), data);
    Files.move(data, temp.resolve("moved"));
    Files.createSymbolicLink(data, temp.resolve("moved"));

    assertThatThrownBy(() -> manager.start(order(0, "x")))
        .isInstanceOf(RunFailure.class)
        .hasMessageContaining("it is mounted only by its real path");
    assertThat(manager.running("runner/1")).isEmpty();
    assertThat(link).isSymbolicLink();
  }

  @Test
  void aBuildThatFailsSaysWhereAndLeavesTheEarlierOne() throws IOException {
    List<String> before = entries();

    assertThatThrownBy(
            () ->
                manager.build(
                    build(OUTCOME, "FROM x", "RUN pip3 install --no-index no-such-package-of-ours"),
                    WorkProgress.NONE))
        .hasMessageStartingWith(
            "line 2: RUN pip3 install --no-index no-such-package-of-ours failed: ERROR")
        .hasMessageContaining("No matching distribution");
    assertThatThrownBy(
            () -> manager.build(build(OUTCOME, "FROM x", "COPY ../secret /x"), WorkProgress.NONE))
        .hasMessageContaining("there is no such file in the build context");
    assertThatThrownBy(
            () -> manager.build(build(OUTCOME, "FROM x", "COPY *.whl /../../x"), WorkProgress.NONE))
        .hasMessageContaining("leads out of the environment");
    assertThat(entries()).isEqualTo(before);
    assertThat(manager.runtime(OUTCOME)).isPresent();
  }

  private static List<String> entries() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("environments"))) {
      return files.map(Path::toString).sorted().toList();
    }
  }

  @Test
  void buildsUponAnEarlierEnvironment() throws IOException {
    manager.build(
        build("second", "FROM " + OUTCOME, "ENV MORE=1", "RUN pip uninstall -y nothing || true"),
        WorkProgress.NONE);
    TrainerOrder order =
        DraftOrder.of("second", 0)
            .python(
                "import os, importlib.metadata as m",
                "print(m.version('swarmstream-client'), os.environ['GREETING'], os.environ['MORE'])")
            .order();

    StartedTrainer trainer = manager.start(order);

    assertThat(ended(trainer)).isZero();
    assertThat(log(trainer)).endsWith(" good morning 1\n");
  }

  @Test
  void pullsNothing() {
    assertThatThrownBy(
            () ->
                manager.pull(
                    new PullOrder("x", "team/x", "1", Optional.empty(), Optional.empty(), LIMIT),
                    WorkProgress.NONE))
        .hasMessageContaining("image team/x:1 cannot be used here");
  }
}
