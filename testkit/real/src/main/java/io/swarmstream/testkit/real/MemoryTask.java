package io.swarmstream.testkit.real;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.swarmstream.clients.chain.ChainRefusalException;
import io.swarmstream.clients.chain.tasks.NewTask;
import io.swarmstream.clients.chain.tasks.Task;
import io.swarmstream.schemas.hashing.Hash;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** One task of a {@link MemoryTaskBoard}. */
final class MemoryTask {
  private final NewTask task;
  private final String account;
  private final Instant createdAt = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private final List<String> body = new ArrayList<>();
  private String bodyHash = "";

  MemoryTask(NewTask task, String account) {
    this.task = task;
    this.account = account;
  }

  Task record() {
    return new Task(
        task.name(),
        task.type(),
        task.author(),
        task.prerequisite(),
        task.outcome(),
        account,
        !bodyHash.isEmpty(),
        bodyHash,
        body.size(),
        createdAt);
  }

  void write(String what, int from, List<String> lines) {
    for (String line : lines) {
      if (line.indexOf('\n') >= 0) {
        throw new IllegalArgumentException(
            "could not " + what + ": a line has a line feed; give each line by itself");
      }
    }
    if (from < 1 || from > body.size() + 1) {
      throw ChainRefusalException.of(
          what, "LineGap", task.name(), String.valueOf(from), String.valueOf(body.size()));
    }
    MemoryLimits.checkNumber(what, "lines", from - 1L + lines.size(), 0, MemoryLimits.MAX_LINES);
    for (int i = 0; i < lines.size(); i++) {
      int place = from - 1 + i;
      if (place < body.size()) {
        body.set(place, lines.get(i));
      } else {
        body.add(lines.get(i));
      }
    }
  }

  void finalise() {
    bodyHash = hash();
  }

  void forge(List<String> lines) {
    body.clear();
    body.addAll(lines);
  }

  List<String> body() {
    if (!bodyHash.isEmpty() && !bodyHash.equals(hash())) {
      throw new IllegalStateException(
          "the body of task "
              + task.name()
              + " has hash "
              + hash()
              + ", but "
              + bodyHash
              + " was finalised");
    }
    return List.copyOf(body);
  }

  private String hash() {
    return Hash.sha256(String.join("\n", body).getBytes(UTF_8)).hex();
  }
}
