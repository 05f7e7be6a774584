package io.swarmstream.clients.network;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a new member sends that has no invitation; the certificate it shows stands for one. */
public record AdmissionRequest(
    @JsonPropertyDescription("Of the new member. Default: the certificate's common name.")
        @Nullable String name,
    @JsonPropertyDescription("site, agent, owner, observer, job, network, admin.")
        List<String> roles,
    @JsonPropertyDescription("Ethereum address of the new member.") String account,
    @JsonPropertyDescription(
            "Of the account over its binding to the certificate's key, or SPIFFE id if it has one; 0x and 130 hex digits.")
        String signature) {}
