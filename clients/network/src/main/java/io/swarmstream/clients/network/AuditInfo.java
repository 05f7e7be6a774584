package io.swarmstream.clients.network;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** One act that the chain has recorded. */
public record AuditInfo(
    @JsonPropertyDescription("Number of the block.") long block,
    @JsonPropertyDescription("Time of the block, ISO 8601.") String at,
    @JsonPropertyDescription("Its hash; the transaction is signed by the actor.")
        String transaction,
    @JsonPropertyDescription("Ethereum address of who acted, by sending the transaction.")
        String actor,
    @JsonPropertyDescription("Name of the member with that address.") @Nullable String member,
    @JsonPropertyDescription("Certificate key, or SPIFFE id, that the actor had at that time.")
        @Nullable String certificateKey,
    @JsonPropertyDescription(
            "Name of the member whose signature the act carries, if the actor relayed it: then the actor is the network node's member.")
        @Nullable String onBehalfOf,
    @JsonPropertyDescription("What was done, such as MemberInvited.") String act,
    @JsonPropertyDescription("Of the act.") String details) {}
