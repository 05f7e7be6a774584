package io.swarmstream.clients.network;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** A peer of a run. */
public record TaskPeerInfo(
    @JsonPropertyDescription("Of the site in the profile of its agent, from 0.") int index,
    @JsonPropertyDescription("Name of the member; empty before it was reported.") String uid,
    @JsonPropertyDescription("WAITING, RUNNING, COMPLETE or ERROR.") String state,
    @JsonPropertyDescription("For people.") String description,
    @JsonPropertyDescription("When it was last reported, ISO 8601.") String at) {}
