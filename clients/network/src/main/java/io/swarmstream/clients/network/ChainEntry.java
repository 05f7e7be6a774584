package io.swarmstream.clients.network;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/** What a joining network node needs to run a node of the same chain. */
public record ChainEntry(
    @JsonPropertyDescription("The genesis file, JSON.") String genesis,
    @JsonPropertyDescription("Hash of block 0, 0x and 64 hex digits.") String genesisHash,
    @JsonPropertyDescription("Addresses of the members' Ethereum nodes.") List<String> enodes) {}
