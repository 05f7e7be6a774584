package io.swarmstream.clients.network;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** What became of an act on the chain. */
public record ActInfo(
    @JsonPropertyDescription("Whether it took effect; else other admins have to do the same.")
        boolean done,
    @JsonPropertyDescription("Admins who have said so, the caller included.") int votes,
    @JsonPropertyDescription("Admins who have to say so.") int needed,
    @JsonPropertyDescription("Hash of the transaction.") String transaction) {}
