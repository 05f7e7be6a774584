package io.swarmstream.clients.network;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/** A renewed certificate. */
public record CertificateAnswer(
    @JsonPropertyDescription("PEM, leaf first.") String certificate,
    @JsonPropertyDescription("PEM of all authorities that the swarm trusts.")
        List<String> authorities) {}
