package io.swarmstream.clients.network;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** A taskrunner, and its present run. */
public record TaskrunnerInfo(
    @JsonPropertyDescription("Unique in the swarm.") String name,
    @JsonPropertyDescription("IDLE, RUNNING, COMPLETE or ERROR.") String state,
    @JsonPropertyDescription("Counts the assignments; none when it is IDLE, as are the next ones.")
        @Nullable Long run,
    @JsonPropertyDescription("Name of the task.") @Nullable String task,
    @JsonPropertyDescription("Type of the task.") @Nullable String type,
    @JsonPropertyDescription("Peers that have to complete.") @Nullable Integer required,
    @JsonPropertyDescription("Whether all registered agents are called, not only targets.")
        @Nullable Boolean isForAll,
    @JsonPropertyDescription("Ethereum address of who assigned it.") @Nullable String assignedBy,
    @JsonPropertyDescription("Time of the block, ISO 8601.") @Nullable String assignedAt,
    @JsonPropertyDescription("Peers that take part.") int enrolled,
    @JsonPropertyDescription("Peers that wait or run.") int active,
    @JsonPropertyDescription("Peers that are done.") int completed,
    @JsonPropertyDescription("Peers that have failed.") int failed,
    @JsonPropertyDescription("When anything last changed, ISO 8601.") String changedAt) {}
