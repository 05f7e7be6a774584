package io.swarmstream.clients.network;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** Brings the layout that a drafted contract waits for. */
public record FoundingOrder(
    @JsonPropertyDescription("Layout text: names and shapes of the tensors.") String layout,
    @JsonPropertyDescription("Merge method.") String method,
    @JsonPropertyDescription("Fewest sites that make a round.") int minPeers,
    @JsonPropertyDescription(
            "Mini-batches before the first merge of an adaptive training; 0: not adaptive.")
        int adaptiveInterval) {}
