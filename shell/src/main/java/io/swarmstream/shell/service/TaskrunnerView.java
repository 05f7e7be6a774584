package io.swarmstream.shell.service;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.swarmstream.clients.chain.tasks.Assignment;
import io.swarmstream.clients.chain.tasks.Taskrunner;
import io.swarmstream.shell.swarm.MemberNames;
import org.jspecify.annotations.Nullable;

/** A taskrunner. */
record TaskrunnerView(
    @JsonPropertyDescription("Unique in the swarm.") String name,
    @JsonPropertyDescription("IDLE, RUNNING, COMPLETE or ERROR.") String state,
    @JsonPropertyDescription("Number of the present run.") @Nullable Long run,
    @JsonPropertyDescription("Name of the task that it has.") @Nullable String task,
    @JsonPropertyDescription("SL if sites are the peers, SWOP if agents are.")
        @Nullable String peerType,
    @JsonPropertyDescription("Peers that have to complete.") @Nullable Integer required,
    @JsonPropertyDescription("Member that assigned the task.") @Nullable String assignedBy,
    @JsonPropertyDescription("ISO 8601.") @Nullable String assignedAt,
    @JsonPropertyDescription("Peers that have enrolled.") int enrolled,
    @JsonPropertyDescription("Peers that wait or run.") int active,
    @JsonPropertyDescription("Peers that have completed.") int completed,
    @JsonPropertyDescription("Peers that have failed.") int failed,
    @JsonPropertyDescription("ISO 8601.") String changedAt) {
  static TaskrunnerView of(Taskrunner taskrunner, MemberNames names) {
    @Nullable Assignment assigned = taskrunner.assignment().orElse(null);
    return new TaskrunnerView(
        taskrunner.name(),
        taskrunner.state().name(),
        assigned == null ? null : assigned.run(),
        assigned == null ? null : assigned.task(),
        assigned == null ? null : assigned.type().countsSites() ? "SL" : "SWOP",
        assigned == null ? null : assigned.required(),
        assigned == null ? null : names.name(assigned.assignedBy()),
        assigned == null ? null : assigned.assignedAt().toString(),
        taskrunner.enrolled(),
        taskrunner.active(),
        taskrunner.completed(),
        taskrunner.failed(),
        taskrunner.changedAt().toString());
  }
}
