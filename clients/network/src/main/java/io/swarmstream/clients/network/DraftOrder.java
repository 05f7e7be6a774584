package io.swarmstream.clients.network;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/**
 * A training contract to draft, by its terms; what is not said is as {@code contract create} has
 * it.
 */
public record DraftOrder(
    @JsonPropertyDescription("Of the contract.") String name,
    @JsonPropertyDescription("Merge method, as in the terms: [nnm+]NAME[:F]; none: mean.")
        @Nullable String merge,
    @JsonPropertyDescription("Fewest sites that a round merges; none: 2.")
        @Nullable Integer minPeers,
    @JsonPropertyDescription("How long a round waits for other sites once enough are in; none: 30.")
        @Nullable Integer graceSeconds,
    @JsonPropertyDescription("How sites send their deltas, such as int8 or topk:1; none: float32.")
        @Nullable String encoding,
    @JsonPropertyDescription("Mini-batches before the first merge; 0: not adaptive.")
        @Nullable Integer adaptiveInterval,
    @JsonPropertyDescription("Greatest weight that sites may ask for; none: 1.")
        @Nullable Integer maxWeight,
    @JsonPropertyDescription("Greatest share of the weight, such as 1/2, or none.")
        @Nullable String maxShare,
    @JsonPropertyDescription("Greatest length of a delta, such as median*100, or none.")
        @Nullable String maxNorm,
    @JsonPropertyDescription("How payloads are hashed, blake3 or sha-256; none: blake3.")
        @Nullable String payloadHash,
    @JsonPropertyDescription(
            "Makes the step of the model from the merged delta, such as nesterov or adam:lr=0.02; none: none.")
        @Nullable String optimizer,
    @JsonPropertyDescription(
            "What sites do to their deltas before they send them, such as dp(clip=1,noise=1.1); none: none.")
        @Nullable String privacy) {}
