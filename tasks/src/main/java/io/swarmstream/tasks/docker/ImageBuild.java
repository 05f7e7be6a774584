package io.swarmstream.tasks.docker;

import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.BuildResponseItem;
import io.swarmstream.schemas.files.FolderTree;
import io.swarmstream.tasks.content.WorkDeadline;
import io.swarmstream.tasks.definitions.DockerfileStep;
import io.swarmstream.tasks.run.BuildOrder;
import io.swarmstream.tasks.run.RunFailure;
import io.swarmstream.tasks.run.WheelNames;
import io.swarmstream.tasks.run.WorkProgress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Builds an image from lines of a Dockerfile, with our wheel and a volume's files beside them. */
final class ImageBuild {
  private static final long MOST_CONTEXT_BYTES = 16L << 30;

  private final EngineConnection engine;

  ImageBuild(EngineConnection engine) {
    this.engine = engine;
  }

  void build(BuildOrder order, WorkProgress progress) throws IOException {
    WorkDeadline deadline =
        new WorkDeadline("the build of " + order.outcome(), order.limit(), progress);
    Path work = Files.createTempDirectory("swarm-build");
    try {
      Path context = Files.createDirectory(work.resolve("context"));
      prepare(order, context, deadline);
      progress.says("Docker Build Args and context Created");
      Path tar = work.resolve("context.tar");
      TarFile.pack(context, tar);
      progress.says("Task Startup : created build prerequisites");
      try (InputStream stream = Files.newInputStream(tar)) {
        EngineStream<BuildResponseItem> said = new EngineStream<>(order.log().toAbsolutePath());
        engine
            .streams()
            .buildImageCmd(stream)
            .withDockerfilePath(DOCKERFILE)
            .withTags(Set.of(ImageName.of(order.outcome())))
            .withRemove(true)
            .withForcerm(true)
            .exec(said);
        progress.says("Build thread has started");
        said.await("the build of " + order.outcome(), deadline);
        if (!exists(order.outcome())) {
          throw new RunFailure(
              "the build of "
                  + order.outcome()
                  + " ended without an image; the engine said last: "
                  + said.last());
        }
      }
    } finally {
      FolderTree.delete(work);
    }
  }

  private boolean exists(String outcome) {
    try {
      engine.commands().inspectImageCmd(ImageName.of(outcome)).exec();
      return true;
    } catch (NotFoundException e) {
      return false;
    }
  }

  private static final String DOCKERFILE = "Dockerfile.swarm";

  private void prepare(BuildOrder order, Path context, WorkDeadline deadline) throws IOException {
    if (order.context().isPresent()) {
      EngineVolumes volumes = new EngineVolumes(engine.commands());
      if (volumes.exists(order.context().get())) {
        volumes.read(order.context().get(), context, MOST_CONTEXT_BYTES, deadline);
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
    List<String> lines =
        new ArrayList<>(WheelNames.corrected(order.steps(), order.wheel(), context));
    if (!DockerfileStep.hasFrom(lines)) {
      lines.add(
          0,
          "FROM "
              + ImageName.of(
                  order
                      .base()
                      .orElseThrow(
                          () ->
                              new RunFailure("the build of " + order.outcome() + " has no FROM"))));
    }
    Files.write(context.resolve(DOCKERFILE), lines);
  }
}
