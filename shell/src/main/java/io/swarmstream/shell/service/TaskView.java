package io.swarmstream.shell.service;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.swarmstream.clients.chain.tasks.Task;
import io.swarmstream.shell.swarm.MemberNames;

/** A task. */
record TaskView(
    @JsonPropertyDescription("Unique in the swarm.") String name,
    @JsonPropertyDescription(
            "RUN_SWARM, MAKE_USER_CONTAINER, PULL_IMAGE, MAKE_SWARM_USER_CONTENT or ROOT_TASK.")
        String type,
    @JsonPropertyDescription("As the task says.") String author,
    @JsonPropertyDescription("Name of a final task.") String prerequisite,
    @JsonPropertyDescription("What it leaves, such as the name of an image.") String outcome,
    @JsonPropertyDescription("Member that has signed it.") String createdBy,
    @JsonPropertyDescription("Whether it can be assigned, and not be changed.") boolean finalised,
    @JsonPropertyDescription("SHA-256 of the body, 64 hex digits; empty before it is final.")
        String bodyHash,
    @JsonPropertyDescription("Lines of its body.") int bodyLines,
    @JsonPropertyDescription("ISO 8601.") String createdAt) {
  static TaskView of(Task task, MemberNames names) {
    return new TaskView(
        task.name(),
        task.type().name(),
        task.author(),
        task.prerequisite(),
        task.outcome(),
        names.name(task.account()),
        task.isFinalised(),
        task.bodyHash(),
        task.bodyLines(),
        task.createdAt().toString());
  }
}
