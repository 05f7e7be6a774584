package io.swarmstream.clients.network;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A member of the swarm: an organisation, a person, a site or a machine. */
public record MemberInfo(
    @JsonPropertyDescription("Unique in the swarm.") String name,
    @JsonPropertyDescription("To which the member belongs.") String organisation,
    @JsonPropertyDescription("Ethereum address.") String account,
    @JsonPropertyDescription("admin, owner, site, agent, observer, network, job.")
        List<String> roles,
    @JsonPropertyDescription("pending, active, suspended or removed.") String status,
    @JsonPropertyDescription(
            "SHA-256 of the public key of the member's certificate, 64 hex digits; its Kafka principal is User: and this.")
        String certificateKey,
    @JsonPropertyDescription("SPIFFE id, if that is what is bound instead of a key.")
        @Nullable String spiffeId) {}
