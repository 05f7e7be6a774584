package io.swarmstream.tasks.agent;

import java.time.Instant;
import java.util.List;

/**
 * A run that waits for the owner of a host.
 *
 * @param run its number, which the owner approves
 * @param authors members who created or assigned it, or one of its prerequisites
 * @param reason why it waits
 * @param body what it would do
 */
public record WaitingRun(
    String taskrunner,
    long run,
    String task,
    String type,
    List<String> authors,
    Instant since,
    String reason,
    List<String> body) {
  /** Copies the lists. */
  public WaitingRun {
    authors = List.copyOf(authors);
    body = List.copyOf(body);
  }
}
