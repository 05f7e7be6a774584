package io.swarmstream.clients.network;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** A site that may contribute to a contract. */
public record EnrolledSiteInfo(
    @JsonPropertyDescription("As enrolled.") String name,
    @JsonPropertyDescription("Ethereum address.") String account,
    @JsonPropertyDescription("Greatest weight it may ask for.") int maxWeight) {}
