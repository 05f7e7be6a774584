package io.swarmstream.clients.network;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How to reach a swarm. */
public record SwarmAddresses(
    @JsonPropertyDescription("URLs of the API of network nodes.") List<String> networkNodes,
    @JsonPropertyDescription("Bootstrap servers; unknown until an organisation has announced them.")
        @Nullable String kafka,
    @JsonPropertyDescription("Address of the smart contract.") String trainingContracts,
    @JsonPropertyDescription("Address of the smart contract.") String roundAnchors,
    @JsonPropertyDescription("Address of the smart contract.") String swarmMembers,
    @JsonPropertyDescription("Block in which they were deployed.") long startBlock,
    @JsonPropertyDescription(
            "Address of the smart contract; none where an earlier version set the swarm up.")
        @Nullable String taskBoard) {}
