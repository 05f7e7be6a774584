package io.swarmstream.site.node.pipes;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where the pipes are, and how long their clients wait.
 *
 * @param folder shared with the trainer
 * @param deadline longest wait for one round; HPE's clients have no limit of their own
 */
public record PipeOptions(Path folder, Duration deadline) {
  /** Options with the deadline that trainers have by HTTP, an hour. */
  public static PipeOptions of(Path folder) {
    return new PipeOptions(folder, Duration.ofHours(1));
  }

  public PipeOptions withDeadline(Duration newDeadline) {
    return new PipeOptions(folder, newDeadline);
  }
}
