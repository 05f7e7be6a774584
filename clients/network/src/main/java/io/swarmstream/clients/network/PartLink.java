package io.swarmstream.clients.network;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** A connection between parts. */
public record PartLink(
    @JsonPropertyDescription("Id of the part that opens it.") String from,
    @JsonPropertyDescription("Id of the part that it goes to.") String to) {}
