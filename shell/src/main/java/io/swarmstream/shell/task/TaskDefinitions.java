package io.swarmstream.shell.task;

import io.swarmstream.tasks.definitions.DefinitionWarning;
import io.swarmstream.tasks.definitions.TaskDefinition;

/** Reads definitions in HPE Swarm Learning's YAML. */
public final class TaskDefinitions implements TaskReader {
  @Override
  public TaskFile read(String source, String text) {
    TaskDefinition definition = TaskDefinition.parse(source, text);
    return new TaskFile(
        definition.asNewTask(),
        definition.bodyLines(),
        definition.warnings().stream().map(DefinitionWarning::toString).toList());
  }
}
