package io.swarmstream.clients.network;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** Moves a membership, and its places in contracts, to another account. */
public record RotationRequest(
    @JsonPropertyDescription("Ethereum address that has the membership.") String previousAccount,
    @JsonPropertyDescription("Ethereum address that gets it.") String account,
    @JsonPropertyDescription("Of the previous account over the move, 130 hex digits.")
        String previousSignature,
    @JsonPropertyDescription("Of the new account over the move, 130 hex digits.")
        String signature) {}
