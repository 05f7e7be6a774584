package io.swarmstream.tasks.agent;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the agent runs. It is on disk before anything is done about it, so that an agent that was
 * killed knows what it may have begun.
 */
final class RunJournal {
  private final Path file;
  private @Nullable JournaledRun run;

  /** The journal of a home, with what an earlier agent has left. */
  RunJournal(AgentHome home) throws IOException {
    this.file = home.journal();
    this.run = AgentJson.read(file, new TypeReference<JournaledRun>() {}).orElse(null);
  }

  Optional<JournaledRun> run() {
    return Optional.ofNullable(run);
  }

  JournaledRun present() {
    JournaledRun present = run;
    if (present == null) {
      throw new IllegalStateException("the agent takes part in no run");
    }
    return present;
  }

  /** Keeps a run in mind also when the disk is full; then throws. */
  void put(JournaledRun next) throws IOException {
    if (!next.equals(run)) {
      run = next;
      AgentJson.write(file, next);
    }
  }

  void clear() throws IOException {
    run = null;
    Files.deleteIfExists(file);
  }
}
