package io.swarmstream.clients.chain.tasks;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What a task does at a task agent. The names are HPE Swarm Learning's. */
public enum TaskType {
  /** Does nothing: the prerequisite of tasks that need none. */
  ROOT_TASK,
  /** Runs a site and its trainer for each node of the agent's profile. */
  RUN_SWARM,
  /** Builds the image, or the environment, that trainers run in. */
  MAKE_USER_CONTAINER,
  /** Fetches an image from a registry. */
  PULL_IMAGE,
  /** Downloads and unpacks content into volumes. */
  MAKE_SWARM_USER_CONTENT;

  /**
   * The type of a name, whatever its case.
   *
   * @throws IllegalArgumentException naming the types there are
   */
  public static TaskType named(String name) {
    return Arrays.stream(values())
        .filter(type -> type.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no task type "
                        + name
                        + "; there are "
                        + Arrays.stream(values())
                            .filter(type -> type != ROOT_TASK)
                            .map(Enum::name)
                            .collect(Collectors.joining(", "))));
  }

  /** Whether peers of the task are the sites of agents, not the agents themselves. */
  public boolean countsSites() {
    return this == RUN_SWARM;
  }
}
