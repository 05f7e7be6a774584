package io.swarmstream.clients.network;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** A contract that has been created. */
public record ContractName(@JsonPropertyDescription("Its name on the chain.") String contract) {}
