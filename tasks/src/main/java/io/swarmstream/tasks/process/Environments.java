package io.swarmstream.tasks.process;

import io.swarmstream.schemas.files.FolderTree;
import io.swarmstream.schemas.files.PrivateFiles;
import io.swarmstream.tasks.content.WorkDeadline;
import io.swarmstream.tasks.definitions.DockerfileStep;
import io.swarmstream.tasks.run.BuildOrder;
import io.swarmstream.tasks.run.FullDisk;
import io.swarmstream.tasks.run.RunFailure;
import io.swarmstream.tasks.run.WheelNames;
import io.swarmstream.tasks.run.WorkProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The Python environments of this host, by the outcomes that they were built for. */
final class Environments {
  private static final Pattern PYTHON_IMAGE =
      Pattern.compile("(?:.*/)?python:(3\\.\\d+)(?:[.-].*)?");

  private static final Duration ANSWER = Duration.ofSeconds(20);

  private final Path folder;
  private final Path volumes;
  private final String python;

  /**
   * Keeps them in a folder.
   *
   * @param python the program that makes environments
   */
  Environments(Path folder, Path volumes, String python) {
    this.folder = folder;
    this.volumes = volumes;
    this.python = python;
  }

  Optional<PythonEnvironment> named(String name) {
    Path file = file(name);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    PythonEnvironment environment = PythonEnvironment.load(file);
    return Files.isExecutable(environment.python()) ? Optional.of(environment) : Optional.empty();
  }

  private Path file(String name) {
    return folder.resolve(FileNames.of(name) + ".json");
  }

  PythonEnvironment build(BuildOrder order, WorkProgress progress) throws IOException {
    PrivateFiles.folder(folder);
    WorkDeadline deadline =
        new WorkDeadline("the build of " + order.outcome(), order.limit(), progress);
    BuildLog log = new BuildLog(order.log(), progress);
    byte[] random = new byte[4];
    new SecureRandom().nextBytes(random);
    Path place =
        folder.resolve(FileNames.of(order.outcome()) + "." + HexFormat.of().formatHex(random));
    PrivateFiles.folder(place);
    try {
      Path context = context(order, place);
      List<String> lines = WheelNames.corrected(order.steps(), order.wheel(), context);
      List<DockerfileStep> steps = DockerfileStep.of(lines);
      progress.says("Docker Build Args and context Created");
      List<String> identity = new ArrayList<>(lines);
      order.base().flatMap(this::named).ifPresent(base -> identity.add(base.id()));
      PythonEnvironment fresh =
          new PythonEnvironment(order.outcome(), FileNames.sha256(identity), place, Map.of());
      Files.createDirectories(fresh.root());
      progress.says("Task Startup : created build prerequisites");
      Map<String, String> inherited = begin(fresh, order, steps, log, deadline);
      progress.says("Build thread has started");
      PythonEnvironment begun = new PythonEnvironment(fresh.name(), fresh.id(), place, inherited);
      Map<String, String> variables =
          new EnvironmentBuild(begun, context, log, deadline).carryOut(steps);
      PythonEnvironment built = new PythonEnvironment(fresh.name(), fresh.id(), place, variables);
      FolderTree.delete(context);
      built.save(file(order.outcome()));
      return built;
    } catch (IOException | RuntimeException e) {
      String reason =
          e instanceof RunFailure
              ? String.valueOf(e.getMessage())
              : "the build of " + order.outcome() + " failed: " + e;
      RunFailure failure = new RunFailure(FullDisk.explained(reason, folder), e);
      FolderTree.deleteAfter(failure, place);
      throw failure;
    }
  }

  private Path context(BuildOrder order, Path place) throws IOException {
    Path context = Files.createDirectories(place.resolve("context"));
    if (order.context().isPresent()) {
      Path volume = volumes.resolve(FileNames.of(order.context().get()));
      if (Files.isDirectory(volume)) {
        FolderTree.copy(volume, context);
      }
    }
    if (order.wheel().isPresent()) {
      Path wheel = order.wheel().get();
      Files.copy(wheel, context.resolve(wheel.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      Path hpes = context.resolve(BuildOrder.HPE_WHEEL);
      if (!Files.exists(hpes)) {
        Files.copy(wheel, hpes);
      }
    }
    return context;
  }

  /** Makes the environment; returns the variables of the one that it builds upon. */
  private Map<String, String> begin(
      PythonEnvironment fresh,
      BuildOrder order,
      List<DockerfileStep> steps,
      BuildLog log,
      WorkDeadline deadline)
      throws IOException {
    String from =
        steps.stream()
            .filter(step -> step.instruction().equals("FROM"))
            .map(step -> step.arguments().replaceFirst("^(--\\S+\\s+)+", "").split("\\s+", 2)[0])
            .reduce((first, last) -> last)
            .or(order::base)
            .orElse("");
    Optional<PythonEnvironment> base = named(from);
    String program = base.map(found -> found.python().toString()).orElseGet(() -> program(from));
    int code =
        log.run(
            List.of(program, "-m", "venv", fresh.venv().toString()),
            fresh.folder(),
            Map.of(),
            fresh,
            deadline);
    if (code != 0) {
      throw new RunFailure(
          program
              + " -m venv failed: "
              + log.lastLine()
              + (FullDisk.isReason(log.lastLine(), folder)
                  ? ""
                  : "; install Python with venv, as Debian's python3-venv"));
    }
    if (base.isEmpty()) {
      log.note(
          "FROM " + from + ": without containers, this host's Python is used (" + program + ")");
      warnAboutVersion(from, program, log);
      return Map.of();
    }
    Files.writeString(
        sitePackages(fresh).resolve("base.pth"), sitePackages(base.get()) + System.lineSeparator());
    FolderTree.copy(base.get().root(), fresh.root());
    return base.get().variables();
  }

  private void warnAboutVersion(String from, String program, BuildLog log) throws IOException {
    Matcher image = PYTHON_IMAGE.matcher(from);
    if (image.matches() && program.equals(python)) {
      log.warn(
          "FROM "
              + from
              + " asks for Python "
              + image.group(1)
              + ", which is not on this host; "
              + python
              + " is used instead, whatever its version is");
    }
  }

  private String program(String from) {
    Matcher image = PYTHON_IMAGE.matcher(from);
    if (image.matches()) {
      String name = "python" + image.group(1);
      String path = System.getenv().getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin");
      for (String folderOfPrograms : path.split(":", -1)) {
        Path program = Path.of(folderOfPrograms, name);
        if (!folderOfPrograms.isEmpty() && Files.isExecutable(program) && works(program, ANSWER)) {
          return program.toString();
        }
      }
    }
    return python;
  }

  /** Whether a program is what its name says: version managers have names for what is not there. */
  static boolean works(Path program, Duration limit) {
    Process process;
    try {
      process =
          new ProcessBuilder(program.toString(), "-c", "import venv, ensurepip")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException e) {
      return false;
    }
    try {
      return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS) && process.exitValue() == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static Path sitePackages(PythonEnvironment environment) throws IOException {
    try (Stream<Path> versions = Files.list(environment.venv().resolve("lib"))) {
      return versions
          .map(version -> version.resolve("site-packages"))
          .filter(Files::isDirectory)
          .findFirst()
          .orElseThrow(() -> new RunFailure(environment.venv() + " has no site-packages"));
    }
  }
}
