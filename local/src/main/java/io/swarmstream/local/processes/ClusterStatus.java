package io.swarmstream.local.processes;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The state of a cluster.
 *
 * @param leader the JobManager that leads; empty: none
 * @param job the main job; empty: it does not run, or no JobManager answers
 * @param freeSlots of the TaskManagers; empty: no JobManager answers
 */
public record ClusterStatus(
    Path folder,
    List<PartStatus> processes,
    Optional<String> leader,
    Optional<FlinkJob> job,
    Optional<Integer> freeSlots) {

  /**
   * The state of a process.
   *
   * @param pid empty: it does not run
   * @param address where it listens; empty: nowhere that a user needs
   * @param answers whether it answers requests
   * @param downSince when it last wrote to its log; empty: it runs, or never ran
   */
  public record PartStatus(
      String label,
      Optional<Long> pid,
      Optional<Duration> upFor,
      String address,
      boolean answers,
      Optional<Instant> downSince) {}

  /** Whether all processes answer and all of the job runs. */
  public boolean isWhole() {
    return processes.stream().allMatch(PartStatus::answers)
        && job.filter(FlinkJob::isRunning).isPresent();
  }
}
