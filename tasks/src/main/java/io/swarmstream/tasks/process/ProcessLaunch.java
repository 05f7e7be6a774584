package io.swarmstream.tasks.process;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.swarmstream.schemas.files.FolderTree;
import io.swarmstream.schemas.files.PrivateFiles;
import io.swarmstream.tasks.run.ContentOrder;
import io.swarmstream.tasks.run.MountSources;
import io.swarmstream.tasks.run.RunFailure;
import io.swarmstream.tasks.run.RunLimits;
import io.swarmstream.tasks.run.StartedTrainer;
import io.swarmstream.tasks.run.TrainerMount;
import io.swarmstream.tasks.run.TrainerNames;
import io.swarmstream.tasks.run.TrainerOrder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Starts the supervisor of a trainer, and returns when it has its folder. */
final class ProcessLaunch {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int NICE = 5;
  private static final int GRACE_SECONDS = 15;
  private static final int MOST_LOOKS = 200;
  private static final int LOOK_MS = 50;

  private final Path volumes;

  ProcessLaunch(Path volumes) {
    this.volumes = volumes;
  }

  /** What the supervisor reads. */
  record SupervisorOrder(
      List<String> command,
      String directory,
      Map<String, String> variables,
      int site,
      int nice,
      int grace,
      long memory,
      double cpus,
      int pids,
      int files,
      long file,
      long seconds,
      long log) {}

  StartedTrainer start(TrainerOrder order, PythonEnvironment environment, Path run)
      throws IOException {
    String name = TrainerNames.fresh(order);
    Path folder = PrivateFiles.folder(run.resolve(FileNames.of(name)));
    try {
      PrivateFiles.write(
          folder.resolve("order.json"),
          JSON.writeValueAsString(prepare(order, environment, folder)));
      Path program = folder.resolve("supervise.py");
      PrivateFiles.write(program, program());
      PrivateFiles.write(
          folder.resolve("trainer"),
          JSON.writeValueAsString(new ProcessTrainer.Facts(order.runKey(), name, order.site())));
      launch(environment, program, folder);
    } catch (IOException | RuntimeException e) {
      ProcessTrainer.of(folder).ifPresent(trainer -> trainer.stop(java.time.Duration.ZERO));
      FolderTree.delete(folder);
      throw e;
    }
    return ProcessTrainer.of(folder).orElseThrow();
  }

  private static String program() throws IOException {
    try (InputStream script =
        Objects.requireNonNull(ProcessLaunch.class.getResourceAsStream("supervise.py"))) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private SupervisorOrder prepare(TrainerOrder order, PythonEnvironment environment, Path folder)
      throws IOException {
    if (order.command().isEmpty()) {
      throw new RunFailure("the task names no program: Entrypoint and Command are empty");
    }
    TrainerView view = new TrainerView(folder.resolve("root"));
    view.make(mounts(order), order.workingDir(), environment.root());
    Path home = PrivateFiles.folder(folder.resolve("home"));
    Map<String, String> variables = new LinkedHashMap<>();
    CleanEnvironment.basics(variables, environment, home);
    variables.put("TMPDIR", PrivateFiles.folder(folder.resolve("tmp")).toString());
    variables.putAll(environment.variables());
    order.variables().forEach((key, value) -> variables.put(key, view.mapped(value)));
    order
        .channels()
        .ifPresent(channels -> variables.putAll(channels.variables(channels.folder().toString())));
    CleanEnvironment.putPath(variables, environment, order.variables());
    RunLimits limits = order.limits();
    return new SupervisorOrder(
        command(order.command(), environment, view),
        view.inside(order.workingDir()).toString(),
        variables,
        order.site(),
        NICE,
        GRACE_SECONDS,
        limits.memoryBytes(),
        limits.cpus(),
        limits.pids(),
        limits.openFiles(),
        limits.fileBytes(),
        limits.time().toSeconds(),
        limits.logBytes());
  }

  /** The command, with the environment's program where it has one of that name. */
  private static List<String> command(
      List<String> words, PythonEnvironment environment, TrainerView view) {
    List<String> command = new ArrayList<>(words.stream().map(view::mapped).toList());
    String program = command.get(0);
    String last = program.substring(program.lastIndexOf('/') + 1);
    Path own = environment.venv().resolve("bin").resolve(last);
    boolean isPlain =
        !program.contains("/") || program.matches("(/usr(/local)?)?/bin/python[0-9.]*");
    if (isPlain && Files.isExecutable(own)) {
      command.set(0, own.toString());
    } else if (isPlain && last.matches("python3?(\\.\\d+)?")) {
      command.set(0, environment.python().toString());
    }
    return command;
  }

  private List<TrainerMount> mounts(TrainerOrder order) throws IOException {
    List<TrainerMount> mounts = new ArrayList<>();
    for (TrainerMount mount : order.mounts()) {
      if (mount.kind() == TrainerMount.Kind.BIND) {
        MountSources.check(mount);
        mounts.add(mount);
        continue;
      }
      Path own = volumes.resolve(FileNames.of(ContentOrder.volume(mount.source(), order.site())));
      Path volume = Files.isDirectory(own) ? own : volumes.resolve(FileNames.of(mount.source()));
      PrivateFiles.folder(volume);
      mounts.add(
          new TrainerMount(
              TrainerMount.Kind.BIND, volume.toString(), mount.target(), mount.isReadOnly()));
    }
    return mounts;
  }

  private static void launch(PythonEnvironment environment, Path program, Path folder)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            environment.python().toString(), "-I", program.toString(), folder.toString());
    builder.environment().clear();
    Path errors = PrivateFiles.file(folder.resolve("supervisor.log"));
    Process supervisor =
        builder
            .directory(folder.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(errors.toFile())
            .start();
    for (int look = 0; look < MOST_LOOKS; look++) {
      if (Files.exists(folder.resolve("pid"))) {
        return;
      }
      if (!supervisor.isAlive()) {
        throw new RunFailure("the trainer's supervisor ended: " + Files.readString(errors).strip());
      }
      try {
        Thread.sleep(LOOK_MS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        supervisor.destroyForcibly();
        throw new RunFailure("the start of a trainer was interrupted", e);
      }
    }
    supervisor.destroyForcibly();
    throw new RunFailure("the trainer's supervisor did not begin within 10 s");
  }
}
