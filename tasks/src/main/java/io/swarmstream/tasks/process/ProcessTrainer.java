package io.swarmstream.tasks.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.swarmstream.schemas.processes.ProcessEnd;
import io.swarmstream.tasks.run.RunFailure;
import io.swarmstream.tasks.run.StartedTrainer;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A trainer whose folder says what it is; its supervisor's process id and start are there. */
final class ProcessTrainer implements StartedTrainer {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration SUPERVISOR_NEEDS = Duration.ofSeconds(3);

  /** What the file {@code trainer} has. */
  record Facts(String runKey, String name, int site) {}

  private final Path folder;
  private final Facts facts;

  ProcessTrainer(Path folder, Facts facts) {
    this.folder = folder;
    this.facts = facts;
  }

  /** The trainer of a folder; empty if the folder has none. */
  static Optional<ProcessTrainer> of(Path folder) {
    try {
      Facts facts = JSON.readValue(Files.readString(folder.resolve("trainer")), Facts.class);
      return Optional.of(new ProcessTrainer(folder, facts));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new RunFailure(folder + " cannot be read: " + e, e);
    }
  }

  Path folder() {
    return folder;
  }

  String runKey() {
    return facts.runKey();
  }

  @Override
  public String id() {
    return facts.name() + supervisorId().map(pid -> " (process " + pid + ")").orElse("");
  }

  @Override
  public String name() {
    return facts.name();
  }

  @Override
  public int site() {
    return facts.site();
  }

  @Override
  public boolean isRunning() {
    return supervisor().isPresent() && note().isEmpty();
  }

  @Override
  public Optional<Integer> exitCode() {
    Optional<JsonNode> note = note();
    if (note.isPresent()) {
      return Optional.of(note.get().path("code").asInt());
    }
    if (supervisor().isPresent()) {
      return Optional.empty();
    }
    // It may have ended between the two looks.
    return Optional.of(note().map(late -> late.path("code").asInt()).orElse(-1));
  }

  @Override
  public Optional<String> ending() {
    return note()
        .map(note -> note.path("reason").asText(""))
        .filter(text -> !text.isEmpty() && !text.equals("null"));
  }

  private Optional<JsonNode> note() {
    try {
      return Optional.of(JSON.readTree(Files.readString(folder.resolve("exit"))));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private Optional<Long> supervisorId() {
    try {
      return Optional.of(Long.parseLong(Files.readString(folder.resolve("pid")).strip()));
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /**
   * The supervisor's process. A process with its id counts if its command names this folder: ids
   * are used again.
   */
  Optional<ProcessHandle> supervisor() {
    return supervisorId()
        .flatMap(ProcessHandle::of)
        .filter(ProcessHandle::isAlive)
        .filter(
            process ->
                process
                    .info()
                    .arguments()
                    .map(arguments -> List.of(arguments).contains(folder.toString()))
                    .orElse(false));
  }

  @Override
  public InputStream log() {
    try {
      InputStream newest = open(folder.resolve("log"));
      return new SequenceInputStream(open(folder.resolve("log.earlier")), newest);
    } catch (IOException e) {
      throw new RunFailure("the log of " + facts.name() + " cannot be read: " + e, e);
    }
  }

  private static InputStream open(Path file) throws IOException {
    try {
      return Files.newInputStream(file);
    } catch (NoSuchFileException e) {
      return InputStream.nullInputStream();
    }
  }

  @Override
  public void stop(Duration grace) {
    Optional<ProcessHandle> supervisor = supervisor();
    if (supervisor.isEmpty()) {
      return;
    }
    List<ProcessHandle> all = supervisor.get().descendants().toList();
    supervisor.get().destroy();
    if (!ProcessEnd.within(supervisor.get(), grace)) {
      // The supervisor kills what it started, when its own time for it comes; nobody waits that
      // long.
      supervisor.get().descendants().forEach(ProcessHandle::destroyForcibly);
      all.forEach(ProcessHandle::destroyForcibly);
      if (!ProcessEnd.within(supervisor.get(), SUPERVISOR_NEEDS)) {
        supervisor.get().destroyForcibly();
        boolean unused = ProcessEnd.within(supervisor.get(), SUPERVISOR_NEEDS);
      }
    }
  }
}
