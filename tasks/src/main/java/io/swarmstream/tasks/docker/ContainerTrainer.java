package io.swarmstream.tasks.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.Frame;
import io.swarmstream.tasks.run.RunFailure;
import io.swarmstream.tasks.run.StartedTrainer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A trainer in a container. */
final class ContainerTrainer implements StartedTrainer {
  private static final long LOG_SECONDS = 60;
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final EngineConnection engine;
  private final String id;
  private final String name;
  private final int site;
  private final Duration limit;

  ContainerTrainer(EngineConnection engine, String id, String name, Map<String, String> labels) {
    this.engine = engine;
    this.id = id;
    this.name = name;
    this.site = Integer.parseInt(labels.getOrDefault(ContainerLabels.SITE, "0"));
    this.limit =
        Duration.ofSeconds(Long.parseLong(labels.getOrDefault(ContainerLabels.SECONDS, "0")));
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int site() {
    return site;
  }

  private Optional<InspectContainerResponse.ContainerState> state() {
    try {
      return Optional.of(engine.commands().inspectContainerCmd(id).exec().getState());
    } catch (NotFoundException e) {
      return Optional.empty();
    }
  }

  @Override
  public boolean isRunning() {
    Optional<InspectContainerResponse.ContainerState> state = state();
    boolean isRunning = state.isPresent() && Boolean.TRUE.equals(state.get().getRunning());
    if (isRunning && isOverTime(state.get(), Instant.now())) {
      stop(GRACE); // an engine knows no limit of time
      return false;
    }
    return isRunning;
  }

  @Override
  public Optional<Integer> exitCode() {
    if (isRunning()) {
      return Optional.empty();
    }
    Optional<InspectContainerResponse.ContainerState> state = state();
    if (state.isEmpty() || "created".equalsIgnoreCase(state.get().getStatus())) {
      return Optional.of(-1);
    }
    Long code = state.get().getExitCodeLong();
    return Optional.of(code == null ? -1 : code.intValue());
  }

  @Override
  public Optional<String> ending() {
    Optional<InspectContainerResponse.ContainerState> state = state();
    if (state.isEmpty() || Boolean.TRUE.equals(state.get().getRunning())) {
      return Optional.empty();
    }
    if (Boolean.TRUE.equals(state.get().getOOMKilled())) {
      return Optional.of("it used more memory than its limit");
    }
    Instant end = time(state.get().getFinishedAt()).orElse(Instant.EPOCH);
    if (isOverTime(state.get(), end)) {
      return Optional.of("it took longer than " + limit.toSeconds() + " s");
    }
    return Optional.ofNullable(state.get().getError()).filter(text -> !text.isBlank());
  }

  private boolean isOverTime(InspectContainerResponse.ContainerState state, Instant end) {
    return !limit.isZero()
        && time(state.getStartedAt())
            .filter(start -> Duration.between(start, end).compareTo(limit) >= 0)
            .isPresent();
  }

  private static Optional<Instant> time(@org.jspecify.annotations.Nullable String text) {
    try {
      return text == null || text.isBlank()
          ? Optional.empty()
          : Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  @Override
  public InputStream log() {
    try {
      // It has no name once it is open: nobody has to remove it.
      FileChannel copy =
          FileChannel.open(
              Files.createTempFile("trainer", ".log"),
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE);
      try {
        fill(copy);
        return Channels.newInputStream(copy.position(0));
      } catch (IOException | InterruptedException | RuntimeException e) {
        copy.close();
        throw e;
      }
    } catch (IOException e) {
      throw new RunFailure("the log of " + name + " cannot be read: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunFailure("the log of " + name + " was not read to its end", e);
    }
  }

  private void fill(FileChannel copy) throws IOException, InterruptedException {
    try (ResultCallback.Adapter<Frame> frames = copying(Channels.newOutputStream(copy))) {
      engine
          .streams()
          .logContainerCmd(id)
          .withStdOut(true)
          .withStdErr(true)
          .exec(frames)
          .awaitCompletion(LOG_SECONDS, TimeUnit.SECONDS);
    } catch (NotFoundException e) {
      // no container, no log
    }
  }

  private static ResultCallback.Adapter<Frame> copying(OutputStream out) {
    return new ResultCallback.Adapter<>() {
      @Override
      public void onNext(Frame frame) {
        try {
          out.write(frame.getPayload());
        } catch (IOException e) {
          onError(e);
        }
      }
    };
  }

  @Override
  public void stop(Duration grace) {
    try {
      engine.commands().stopContainerCmd(id).withTimeout((int) grace.toSeconds()).exec();
    } catch (NotModifiedException | NotFoundException e) {
      // it has ended, or is gone
    } catch (RuntimeException e) {
      throw new RunFailure(name + " could not be stopped: " + EngineFailures.reason(e), e);
    }
  }
}
