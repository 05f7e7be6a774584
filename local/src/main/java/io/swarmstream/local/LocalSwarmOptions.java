package io.swarmstream.local;

import io.swarmstream.jobs.SwarmJobOptions;
import java.time.Duration;

/**
 * The size of a local swarm and its interval between checkpoints.
 *
 * @param taskManagers workers of the mini cluster
 * @param slotsPerTaskManager slots of each; the job's parallelism is their product, less the spare
 *     ones
 * @param spareTaskManagers workers that stand by for one that is lost
 * @param checkpointInterval between checkpoints that no round asks for
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
   * The same with fewer checkpoints that no round asks for: each costs a fortieth of a second of a
   * processor, and a long-running swarm is idle most of the time.
   */
  public static LocalSwarmOptions staying() {
    return new LocalSwarmOptions(1, 2, 0, Duration.ofSeconds(20));
  }

  int parallelism() {
    return taskManagers * slotsPerTaskManager;
  }
}
