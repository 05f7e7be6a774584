package io.swarmstream.clients.network;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** A running program of a member. */
public record NodeInfo(
    @JsonPropertyDescription("SN: network node, SL: site node, SWOP: task agent.") String type,
    @JsonPropertyDescription("Name of the member that runs it.") String member,
    @JsonPropertyDescription("To which the member belongs.") String organisation,
    @JsonPropertyDescription("URL, or host and port.") String address,
    @JsonPropertyDescription("Of the product.") String version,
    @JsonPropertyDescription("Of this run of the program.") String uuid,
    @JsonPropertyDescription("UUID of the network node that it talks to.") @Nullable String parent,
    @JsonPropertyDescription(
            "Whether it was heard within three heartbeats, and has not said that it ends.")
        boolean alive,
    @JsonPropertyDescription("Whether it has said that it ends: it was stopped as it should be.")
        boolean ended,
    @JsonPropertyDescription("When it was first heard, ISO 8601.") @Nullable String aliveSince,
    @JsonPropertyDescription("When it was last heard, ISO 8601.") @Nullable String lastHeard) {}
