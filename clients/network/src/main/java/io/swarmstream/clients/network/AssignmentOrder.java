package io.swarmstream.clients.network;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** A task to give to a taskrunner: to one of a number of peers, all of them, or one agent. */
public record AssignmentOrder(
    @JsonPropertyDescription("Name of a task that is finalised.") String task,
    @JsonPropertyDescription("So many peers have to complete: sites for RUN_SWARM, else agents.")
        @Nullable Integer peers,
    @JsonPropertyDescription("Whether all peers have to, whose agents were heard lately.")
        @Nullable Boolean all,
    @JsonPropertyDescription("Name of the agent that has to.") @Nullable String target) {}
