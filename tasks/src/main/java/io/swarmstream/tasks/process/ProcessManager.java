package io.swarmstream.tasks.process;

import io.swarmstream.schemas.files.FolderTree;
import io.swarmstream.schemas.files.PrivateFiles;
import io.swarmstream.tasks.content.ContentFolder;
import io.swarmstream.tasks.content.WorkDeadline;
import io.swarmstream.tasks.run.BuildOrder;
import io.swarmstream.tasks.run.ContentOrder;
import io.swarmstream.tasks.run.FullDisk;
import io.swarmstream.tasks.run.PullOrder;
import io.swarmstream.tasks.run.ResourceManager;
import io.swarmstream.tasks.run.RunFailure;
import io.swarmstream.tasks.run.StartedTrainer;
import io.swarmstream.tasks.run.TrainerOrder;
import io.swarmstream.tasks.run.TrainerRuntime;
import io.swarmstream.tasks.run.WorkProgress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Environments and processes below one folder. */
public final class ProcessManager implements ResourceManager {
  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final Duration CHECK = Duration.ofSeconds(30);

  private final Path folder;
  private final String python;
  private final Environments environments;
  private final ProcessLaunch launch;

  /**
   * Keeps everything below a folder.
   *
   * @param python program that makes environments, such as Python 3.11
   */
  public ProcessManager(Path folder, String python) {
    this.folder = folder.toAbsolutePath().normalize();
    this.python = python;
    Path volumes = this.folder.resolve("volumes");
    environments = new Environments(this.folder.resolve("environments"), volumes, python);
    launch = new ProcessLaunch(volumes);
  }

  @Override
  public String check() {
    try {
      Process process =
          new ProcessBuilder(
                  python, "-c", "import sys, venv, ensurepip; print(sys.version.split()[0])")
              .redirectErrorStream(true)
              .start();
      if (!process.waitFor(CHECK.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new RunFailure(python + " did not answer within " + CHECK.toSeconds() + " s");
      }
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (process.exitValue() != 0) {
        throw new RunFailure(
            python
                + " cannot make environments: "
                + output
                + "; install Python 3.9 or later with venv, as"
                + " Debian's python3-venv");
      }
      return "processes in environments of Python " + output;
    } catch (IOException e) {
      throw new RunFailure("there is no " + python + "; install Python 3.9 or later with venv", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunFailure("the check of " + python + " was interrupted", e);
    }
  }

  @Override
  public List<Path> closed() {
    return List.of(folder);
  }

  @Override
  public TrainerRuntime build(BuildOrder order, WorkProgress progress) {
    try {
      return runtime(environments.build(order, progress));
    } catch (IOException e) {
      throw new RunFailure("the build of " + order.outcome() + " failed: " + e, e);
    }
  }

  @Override
  public TrainerRuntime pull(PullOrder order, WorkProgress progress) {
    throw new RunFailure(
        "image "
            + order.reference()
            + " cannot be used here: this agent runs trainers as processes;"
            + " give the task's builders a MAKE_USER_CONTAINER, or this agent a container engine"
            + " (mgrtype: DOCKER)");
  }

  @Override
  public void content(ContentOrder order, WorkProgress progress) {
    WorkDeadline deadline =
        new WorkDeadline("the content " + order.outcome(), order.limit(), progress);
    List<String> volumes =
        order.sites().isEmpty()
            ? List.of(order.outcome())
            : order.sites().stream()
                .map(site -> ContentOrder.volume(order.outcome(), site))
                .toList();
    try {
      for (String volume : volumes) {
        Path place = folder.resolve("volumes").resolve(FileNames.of(volume));
        Path fresh = place.resolveSibling(place.getFileName() + ".new");
        FolderTree.delete(fresh);
        PrivateFiles.folder(fresh);
        fill(fresh, order, deadline);
        FolderTree.delete(place);
        Files.move(fresh, place);
      }
    } catch (IOException e) {
      throw new RunFailure("the content " + order.outcome() + " could not be made: " + e, e);
    }
  }

  /** What has failed does not keep the room. */
  private static void fill(Path fresh, ContentOrder order, WorkDeadline deadline)
      throws IOException {
    try {
      ContentFolder.fill(fresh, order.steps(), order.maxBytes(), deadline);
    } catch (RunFailure e) {
      RunFailure failure =
          new RunFailure(FullDisk.explained(String.valueOf(e.getMessage()), fresh), e);
      FolderTree.deleteAfter(failure, fresh);
      throw failure;
    }
  }

  @Override
  public Optional<TrainerRuntime> runtime(String name) {
    return environments.named(name).map(ProcessManager::runtime);
  }

  private static TrainerRuntime runtime(PythonEnvironment environment) {
    return new TrainerRuntime(environment.name(), environment.id(), List.of());
  }

  @Override
  public StartedTrainer start(TrainerOrder order) {
    PythonEnvironment environment =
        environments
            .named(order.runtime())
            .orElseThrow(
                () ->
                    new RunFailure(
                        "there is no environment "
                            + order.runtime()
                            + " on this host; run the task that"
                            + " makes it first"));
    Path run = runFolder(order.runKey());
    try {
      for (ProcessTrainer earlier : trainers(run)) {
        if (earlier.site() == order.site()) {
          earlier.stop(GRACE);
          FolderTree.delete(earlier.folder());
        }
      }
      return launch.start(order, environment, run);
    } catch (IOException e) {
      throw new RunFailure("site " + order.site() + ": the trainer could not be started: " + e, e);
    }
  }

  @Override
  public List<StartedTrainer> running(String runKey) {
    return List.copyOf(trainers(runFolder(runKey)));
  }

  @Override
  public List<String> runs() {
    List<String> keys = new ArrayList<>();
    for (Path run : folders(folder.resolve("runs"))) {
      trainers(run).stream().findFirst().ifPresent(trainer -> keys.add(trainer.runKey()));
    }
    return keys;
  }

  @Override
  public void remove(String runKey) {
    Path run = runFolder(runKey);
    for (ProcessTrainer trainer : trainers(run)) {
      trainer.stop(GRACE);
    }
    try {
      FolderTree.delete(run);
    } catch (IOException e) {
      throw new RunFailure(run + " could not be removed: " + e, e);
    }
  }

  private Path runFolder(String runKey) {
    return folder.resolve("runs").resolve(FileNames.of(runKey));
  }

  private static List<ProcessTrainer> trainers(Path run) {
    return folders(run).stream()
        .flatMap(place -> ProcessTrainer.of(place).stream())
        .sorted(Comparator.comparingInt(ProcessTrainer::site))
        .toList();
  }

  private static List<Path> folders(Path parent) {
    if (!Files.isDirectory(parent)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(parent)) {
      return entries.filter(Files::isDirectory).sorted().toList();
    } catch (IOException e) {
      throw new RunFailure(parent + " cannot be read: " + e, e);
    }
  }

  @Override
  public void close() {}
}
