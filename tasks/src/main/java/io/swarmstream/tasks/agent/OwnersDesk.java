package io.swarmstream.tasks.agent;

import com.fasterxml.jackson.core.type.TypeReference;
import io.swarmstream.schemas.files.PrivateFiles;
import io.swarmstream.schemas.hashing.Hash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the agent and the owner of its host meet: files that only the agent's user can write. The
 * agent says what waits; the owner answers for a run, for a task, or for all tasks of an author.
 * The agent looks at the answers at least once a second.
 */
public final class OwnersDesk {
  private static final int NAME_LENGTH = 32;

  private final AgentHome home;

  public OwnersDesk(AgentHome home) {
    this.home = home;
  }

  /** The run that waits, if one does. */
  public Optional<WaitingRun> waiting() throws IOException {
    return AgentJson.read(home.waiting(), new TypeReference<>() {});
  }

  /** Says that a run waits; the agent does. */
  public void wait(WaitingRun run) throws IOException {
    AgentJson.write(home.waiting(), run);
  }

  void waitNoMore() throws IOException {
    Files.deleteIfExists(home.waiting());
  }

  /**
   * Answers for the run that waits.
   *
   * @param run its number; null: whichever waits
   * @return what it was about, for people
   * @throws IllegalStateException when no run waits, or another one
   */
  public String answerWaiting(@Nullable Long run, boolean isYes) throws IOException {
    WaitingRun waiting =
        waiting()
            .orElseThrow(
                () -> new IllegalStateException("no run waits for the owner of this host"));
    if (run != null && waiting.run() != run) {
      throw new IllegalStateException(
          "run " + run + " does not wait; run " + waiting.run() + " does");
    }
    answerRun(waiting.taskrunner(), waiting.run(), isYes);
    return "run " + waiting.run() + " (task " + waiting.task() + ")";
  }

  /** All that the owner has answered, the newest first. */
  public List<OwnersAnswer> answers() throws IOException {
    List<OwnersAnswer> all = new ArrayList<>();
    if (Files.isDirectory(home.answers())) {
      try (Stream<Path> files = Files.list(home.answers())) {
        for (Path file : files.filter(each -> each.toString().endsWith(".json")).toList()) {
          AgentJson.read(file, new TypeReference<OwnersAnswer>() {}).ifPresent(all::add);
        }
      }
    }
    all.sort(Comparator.comparing(OwnersAnswer::at).reversed());
    return all;
  }

  /** Answers for one run. */
  public void answerRun(String taskrunner, long run, boolean isYes) throws IOException {
    answer("run " + run + " of " + taskrunner, isYes);
  }

  /** Answers for a task, whenever it runs: a finalised task never changes. */
  public void answerTask(String task, boolean isYes) throws IOException {
    answer("task " + task, isYes);
  }

  /** Answers for everything that a member creates or assigns, from now on. */
  public void answerAuthor(String member, boolean isYes) throws IOException {
    answer("author " + member, isYes);
  }

  Optional<Boolean> ofRun(String taskrunner, long run) throws IOException {
    return found("run " + run + " of " + taskrunner);
  }

  Optional<Boolean> ofTask(String task) throws IOException {
    return found("task " + task);
  }

  Optional<Boolean> ofAuthor(String member) throws IOException {
    return found("author " + member);
  }

  private void answer(String subject, boolean isYes) throws IOException {
    PrivateFiles.closedFolder(home.answers());
    AgentJson.write(file(subject), new OwnersAnswer(subject, isYes, Instant.now()));
  }

  private Optional<Boolean> found(String subject) throws IOException {
    return AgentJson.read(file(subject), new TypeReference<OwnersAnswer>() {})
        .filter(answer -> answer.subject().equals(subject))
        .map(OwnersAnswer::isYes);
  }

  /** Members and tasks may have any names; files may not. */
  private Path file(String subject) {
    String name =
        Hash.sha256(subject.getBytes(StandardCharsets.UTF_8)).hex().substring(0, NAME_LENGTH);
    return home.answers().resolve(name + ".json");
  }
}
