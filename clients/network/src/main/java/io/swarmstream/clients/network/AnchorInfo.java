package io.swarmstream.clients.network;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** What the chain holds of a round. */
public record AnchorInfo(
    @JsonPropertyDescription("From 0.") long round,
    @JsonPropertyDescription("SHA-256 of the round record, 64 hex digits.") String recordHash,
    @JsonPropertyDescription("Merkle root of the model, 64 hex digits.") String modelHash,
    @JsonPropertyDescription("Number of the block.") long block,
    @JsonPropertyDescription("Hash of the transaction that anchored it.") String transaction,
    @JsonPropertyDescription("Time of the block, ISO 8601.") String at) {}
