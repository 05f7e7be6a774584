package io.swarmstream.clients.network;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a new member gets. */
public record EnrolmentAnswer(
    @JsonPropertyDescription("As registered; pending until an admin approves.") MemberInfo member,
    @JsonPropertyDescription("PEM of the issued certificate, leaf first.")
        @Nullable String certificate,
    @JsonPropertyDescription("Names of the admins, who approve pending members.")
        List<String> admins,
    @JsonPropertyDescription("PEM of all authorities that the swarm trusts.")
        List<String> authorities,
    @JsonPropertyDescription("How to reach the swarm.") SwarmAddresses addresses,
    @JsonPropertyDescription("Only with role network.") @Nullable ChainEntry chain) {}
