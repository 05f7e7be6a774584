package io.swarmstream.clients.network;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** Asks for a renewed certificate. */
public record CertificateOrder(
    @JsonPropertyDescription("PEM of a PKCS#10 request.") String certificateRequest) {}
