package io.swarmstream.clients.network;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** Binds another certificate key to a member's account. */
public record BindingRequest(
    @JsonPropertyDescription("Ethereum address of the member.") String account,
    @JsonPropertyDescription("SHA-256 of the new certificate's public key, 64 hex digits.")
        String certificateKey,
    @JsonPropertyDescription("SPIFFE id to be bound instead of the key.") @Nullable String spiffeId,
    @JsonPropertyDescription(
            "Of the account over the binding and its number, 0x and 130 hex digits.")
        String signature) {}
