package io.swarmstream.local;

import io.swarmstream.jobs.SwarmJobOptions;
import java.time.Duration;

/**
 * The size of a local swarm and its interval between checkpoints.
 *
 * @param taskManagers number of workers of the mini cluster, without the spare ones
 * @param slotsPerTaskManager slots of each worker; the job's parallelism is {@code taskManagers}
 *     times this
 * @param spareTaskManagers number of workers on standby in case one is lost
 * @param checkpointInterval interval between periodic checkpoints, which no round requests
 */
public record LocalSwarmOptions(
    int taskManagers, int slotsPerTaskManager, int spareTaskManagers, Duration checkpointInterval) {

  public LocalSwarmOptions {
    if (taskManagers < 1 || slotsPerTaskManager < 1 || spareTaskManagers < 0) {
      throw new IllegalArgumentException(
          "a local swarm has at least 1 TaskManager with at least 1 slot, and no fewer than 0 spare ones");
    }
  }

  /** One worker with two slots; checkpoints as in production. */
  public static LocalSwarmOptions defaults() {
    return new LocalSwarmOptions(1, 2, 0, SwarmJobOptions.DEFAULT_CHECKPOINT_INTERVAL);
  }

  /**
   * The same with fewer periodic checkpoints: each takes a fortieth of a second of processor time,
   * and a long-running swarm is idle most of the time.
   */
  public static LocalSwarmOptions staying() {
    return new LocalSwarmOptions(1, 2, 0, Duration.ofSeconds(20));
  }

  int parallelism() {
    return taskManagers * slotsPerTaskManager;
  }
}
