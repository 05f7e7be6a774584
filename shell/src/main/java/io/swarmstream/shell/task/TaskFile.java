package io.swarmstream.shell.task;

import io.swarmstream.clients.chain.tasks.NewTask;
import java.util.List;

/**
 * A task as a file defines it.
 *
 * @param body lines that go on the chain
 * @param warnings about what was read and does not matter
 */
public record TaskFile(NewTask task, List<String> body, List<String> warnings) {
  public TaskFile {
    body = List.copyOf(body);
    warnings = List.copyOf(warnings);
  }
}
