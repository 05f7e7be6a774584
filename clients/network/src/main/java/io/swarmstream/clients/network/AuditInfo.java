package io.swarmstream.clients.network;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** One act that the chain has recorded. */
public record AuditInfo(
    @JsonPropertyDescription("Number of the block.") long block,
    @JsonPropertyDescription("Time of the block, ISO 8601.") String at,
    @JsonPropertyDescription("Its hash; the transaction is signed by the actor.")
        String transaction,
    @JsonPropertyDescription("Ethereum address of who acted.") String actor,
    @JsonPropertyDescription("Name of the member with that address.") @Nullable String member,
    @JsonPropertyDescription("The member's certificate key at present.")
        @Nullable String certificateKey,
    @JsonPropertyDescription("What was done, such as MemberInvited.") String act,
    @JsonPropertyDescription("Of the act.") String details) {}
