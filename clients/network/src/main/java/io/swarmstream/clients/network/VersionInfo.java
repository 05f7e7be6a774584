package io.swarmstream.clients.network;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** What a network node is. */
public record VersionInfo(
    @JsonPropertyDescription("Always Swarmstream.") String product,
    @JsonPropertyDescription("Version of the product.") String version,
    @JsonPropertyDescription("Version of this API.") int api,
    @JsonPropertyDescription(
            "The chain and its registry: eip155:chain id:hash of block 0:address of TrainingContracts.")
        String network) {}
