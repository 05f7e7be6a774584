package io.swarmstream.tasks.docker;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import io.swarmstream.schemas.files.FolderTree;
import io.swarmstream.tasks.content.ContentFolder;
import io.swarmstream.tasks.content.WorkDeadline;
import io.swarmstream.tasks.run.BuildOrder;
import io.swarmstream.tasks.run.ContentOrder;
import io.swarmstream.tasks.run.FullDisk;
import io.swarmstream.tasks.run.PullOrder;
import io.swarmstream.tasks.run.ResourceManager;
import io.swarmstream.tasks.run.RunFailure;
import io.swarmstream.tasks.run.StartedTrainer;
import io.swarmstream.tasks.run.TrainerNames;
import io.swarmstream.tasks.run.TrainerOrder;
import io.swarmstream.tasks.run.TrainerRuntime;
import io.swarmstream.tasks.run.WorkProgress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Images and containers of an engine with Docker's API. */
public final class DockerManager implements ResourceManager {
  private static final String DISK = "the disk of the engine, or that of temporary files,";
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final EngineConnection engine;
  private final String agent;

  private DockerManager(EngineConnection engine, String agent) {
    this.engine = engine;
    this.agent = agent;
  }

  /**
   * Connects to an engine: of the socket, of the environment's DOCKER_HOST, or of the usual places.
   *
   * @param agent tells the containers of this agent from those of others of the same engine
   */
  public static DockerManager open(
      Optional<Path> socket, Map<String, String> environment, String agent) {
    return new DockerManager(EngineConnection.open(socket, environment), agent);
  }

  @Override
  public String check() {
    return engine.check();
  }

  @Override
  public List<Path> closed() {
    return engine.closed();
  }

  @Override
  public TrainerRuntime build(BuildOrder order, WorkProgress progress) {
    String what = "the build of " + order.outcome();
    asking(
        what,
        () -> {
          new ImageBuild(engine).build(order, progress);
          return true;
        });
    return runtime(order.outcome())
        .orElseThrow(() -> new RunFailure(what + " ended without an image"));
  }

  @Override
  public TrainerRuntime pull(PullOrder order, WorkProgress progress) {
    String what = "the pull of " + order.reference();
    asking(
        what,
        () -> {
          new ImagePull(engine).pull(order, progress);
          return true;
        });
    return runtime(order.outcome())
        .orElseThrow(() -> new RunFailure(what + " ended without an image"));
  }

  @Override
  public void content(ContentOrder order, WorkProgress progress) {
    String what = "the content " + order.outcome();
    WorkDeadline deadline = new WorkDeadline(what, order.limit(), progress);
    asking(
        what,
        () -> {
          Path work = Files.createTempDirectory("swarm-content");
          try {
            ContentFolder.fill(work, order.steps(), order.maxBytes(), deadline);
            List<String> names =
                order.sites().isEmpty()
                    ? List.of(order.outcome())
                    : order.sites().stream()
                        .map(site -> ContentOrder.volume(order.outcome(), site))
                        .toList();
            for (String name : names) {
              new EngineVolumes(engine.commands()).fill(name, work);
            }
          } finally {
            FolderTree.delete(work);
          }
          return true;
        });
  }

  @Override
  public Optional<TrainerRuntime> runtime(String name) {
    return asking(
        "the look for image " + name,
        () -> {
          try {
            InspectImageResponse image =
                engine.commands().inspectImageCmd(ImageName.of(name)).exec();
            List<String> digests = image.getRepoDigests();
            return Optional.of(
                new TrainerRuntime(
                    name, String.valueOf(image.getId()), digests == null ? List.of() : digests));
          } catch (NotFoundException e) {
            return Optional.<TrainerRuntime>empty();
          }
        });
  }

  @Override
  public StartedTrainer start(TrainerOrder order) {
    if (order.command().isEmpty()) {
      throw new RunFailure("the task names no program: Entrypoint and Command are empty");
    }
    return asking(
        "site " + order.site() + ": the start of its trainer",
        () -> {
          for (Container earlier : containers(order.runKey())) {
            if (trainer(earlier).site() == order.site()) {
              removeContainer(earlier);
            }
          }
          return create(order);
        });
  }

  private StartedTrainer create(TrainerOrder order) {
    String name = TrainerNames.fresh(order);
    Map<String, String> labels = ContainerLabels.of(agent, order);
    EngineVolumes volumes = new EngineVolumes(engine.commands());
    try (CreateContainerCmd command =
        engine.commands().createContainerCmd(ImageName.of(order.runtime()))) {
      command
          .withName(name)
          .withEntrypoint(order.command().get(0))
          .withCmd(order.command().subList(1, order.command().size()))
          .withWorkingDir(order.workingDir())
          .withEnv(environment(order))
          .withLabels(labels)
          .withHostConfig(new ContainerSettings(order, volumes::exists).hostConfig());
      order.user().ifPresent(command::withUser);
      if (!order.network().equals("host")) {
        order.hostName().ifPresent(command::withHostName);
        order
            .ip()
            .filter(ip -> !order.network().equals("none"))
            .ifPresent(command::withIpv4Address);
      }
      String id = create(command, order);
      try {
        engine.commands().startContainerCmd(id).exec();
      } catch (RuntimeException e) {
        engine.commands().removeContainerCmd(id).withForce(true).withRemoveVolumes(true).exec();
        throw e;
      }
      return new ContainerTrainer(engine, id, name, labels);
    }
  }

  private static String create(CreateContainerCmd command, TrainerOrder order) {
    try {
      return command.exec().getId();
    } catch (NotFoundException e) {
      String reason = EngineFailures.reason(e);
      throw reason.toLowerCase(java.util.Locale.ROOT).contains("image")
          ? new RunFailure(
              "there is no image "
                  + order.runtime()
                  + " on this host; run the task that makes it first",
              e)
          : new RunFailure(reason, e);
    }
  }

  private static List<String> environment(TrainerOrder order) {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("HOME", ContainerSettings.HOME);
    variables.put("TMPDIR", ContainerSettings.TEMPORARY);
    variables.put("PYTHONUNBUFFERED", "1");
    variables.putAll(order.variables());
    order
        .channels()
        .ifPresent(channels -> variables.putAll(channels.variables(ContainerSettings.CHANNELS)));
    List<String> lines = new ArrayList<>();
    variables.forEach((key, value) -> lines.add(key + "=" + value));
    return lines;
  }

  @Override
  public List<StartedTrainer> running(String runKey) {
    return asking(
        "the look for trainers of " + runKey,
        () ->
            containers(runKey).stream()
                .map(this::trainer)
                .sorted(Comparator.comparingInt(StartedTrainer::site))
                .toList());
  }

  private StartedTrainer trainer(Container container) {
    String name = container.getNames().length == 0 ? container.getId() : container.getNames()[0];
    return new ContainerTrainer(
        engine, container.getId(), name.replaceFirst("^/", ""), container.getLabels());
  }

  private List<Container> containers(String runKey) {
    return all().stream()
        .filter(container -> runKey.equals(container.getLabels().get(ContainerLabels.RUN)))
        .toList();
  }

  private List<Container> all() {
    return engine
        .commands()
        .listContainersCmd()
        .withShowAll(true)
        .withLabelFilter(Map.of(ContainerLabels.AGENT, agent))
        .exec();
  }

  @Override
  public List<String> runs() {
    return asking(
        "the look for runs",
        () ->
            all().stream()
                .map(container -> container.getLabels().getOrDefault(ContainerLabels.RUN, ""))
                .distinct()
                .sorted()
                .toList());
  }

  @Override
  public void remove(String runKey) {
    asking(
        "the removal of " + runKey,
        () -> {
          List<Container> containers = containers(runKey);
          containers.parallelStream().forEach(container -> trainer(container).stop(GRACE));
          containers.forEach(this::removeContainer);
          return true;
        });
  }

  private void removeContainer(Container container) {
    try {
      engine
          .commands()
          .removeContainerCmd(container.getId())
          .withForce(true)
          .withRemoveVolumes(true)
          .exec();
    } catch (NotFoundException e) {
      // somebody else has removed it
    }
  }

  private <T> T asking(String what, Callable<T> act) {
    try {
      return act.call();
    } catch (RunFailure e) {
      String reason = String.valueOf(e.getMessage());
      String explained = FullDisk.explained(reason, DISK);
      throw explained.equals(reason) ? e : new RunFailure(explained, e);
    } catch (Exception e) {
      String reason = what + " failed: " + EngineFailures.reason(e);
      throw new RunFailure(FullDisk.explained(reason, DISK), e);
    }
  }

  @Override
  public void close() {
    engine.close();
  }
}
