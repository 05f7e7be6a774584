package io.swarmstream.clients.network;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** A certificate authority that the swarm trusts. */
public record AuthorityInfo(
    @JsonPropertyDescription("Whose members it certifies.") String organisation,
    @JsonPropertyDescription("SHA-256 of the certificate, 64 hex digits.") String fingerprint,
    @JsonPropertyDescription("PEM.") String certificate) {}
