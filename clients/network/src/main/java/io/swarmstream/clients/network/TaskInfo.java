package io.swarmstream.clients.network;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** A task. */
public record TaskInfo(
    @JsonPropertyDescription("Unique in the swarm.") String name,
    @JsonPropertyDescription(
            "RUN_SWARM, MAKE_USER_CONTAINER, PULL_IMAGE, MAKE_SWARM_USER_CONTENT or ROOT_TASK.")
        String type,
    @JsonPropertyDescription("Free text.") String author,
    @JsonPropertyDescription("Name of a finalised task.") String prerequisite,
    @JsonPropertyDescription("What it leaves, such as the name of an image.") String outcome,
    @JsonPropertyDescription("Ethereum address of who created it.") String account,
    @JsonPropertyDescription("Name of the member with that address.") @Nullable String member,
    @JsonPropertyDescription("Whether it can be assigned, and never changes.") boolean isFinalised,
    @JsonPropertyDescription(
            "SHA-256 of the lines joined by line feeds; only once it is finalised.")
        @Nullable String bodyHash,
    @JsonPropertyDescription("Number of lines of the body.") int bodyLines,
    @JsonPropertyDescription("Time of the block, ISO 8601.") String createdAt) {}
