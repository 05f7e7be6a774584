package io.swarmstream.tasks.definitions;

import io.swarmstream.clients.chain.tasks.TaskType;
import java.util.List;

/** What a task says beyond its head; one kind for each type of task. */
public sealed interface TaskBody
    permits RunSwarm, MakeUserContainer, PullImage, MakeSwarmUserContent {

  /** The type of tasks that have such a body. */
  TaskType type();

  /** The body as the chain has it: YAML in short lines. */
  List<String> lines();
}
