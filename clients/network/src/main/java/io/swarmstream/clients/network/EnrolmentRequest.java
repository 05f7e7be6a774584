package io.swarmstream.clients.network;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** What a new member sends with its invitation. */
public record EnrolmentRequest(
    @JsonPropertyDescription("From the invitation; works once.") String token,
    @JsonPropertyDescription("Ethereum address of the new member.") String account,
    @JsonPropertyDescription(
            "PEM of a PKCS#10 request: proves that the newcomer has the key, also of a certificate that it brings.")
        @Nullable String certificateRequest,
    @JsonPropertyDescription("PEM of the member's own certificate, if it has one; leaf first.")
        @Nullable String certificate,
    @JsonPropertyDescription("PEM of the authority of a new organisation; only with role network.")
        @Nullable String authority,
    @JsonPropertyDescription("SHA-256 of the certificate's public key, 64 hex digits.")
        String certificateKey,
    @JsonPropertyDescription("SPIFFE id to be bound instead of the key.") @Nullable String spiffeId,
    @JsonPropertyDescription("Of the account over the binding, 0x and 130 hex digits.")
        String signature) {
  /** Without the token, which is a secret. */
  @Override
  public String toString() {
    return "enrolment of account " + account + " with key " + certificateKey;
  }
}
