package io.swarmstream.clients.network;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A training contract. */
public record ContractInfo(
    @JsonPropertyDescription("As people call it.") String name,
    @JsonPropertyDescription("Its name on the chain: with a number after a reset.") String contract,
    @JsonPropertyDescription("Counts from 1; each reset begins another.") long generation,
    @JsonPropertyDescription(
            "draft: no site has joined yet; open: on the chain; ended: a reset has replaced it.")
        String status,
    @JsonPropertyDescription("Ethereum address of who enrols sites.") @Nullable String owner,
    @JsonPropertyDescription("Ethereum address of the job that anchors rounds.")
        @Nullable String coordinator,
    @JsonPropertyDescription("Merge method.") @Nullable String method,
    @JsonPropertyDescription("Fewest sites that make a round.") @Nullable Integer minPeers,
    @JsonPropertyDescription("How long a round waits for the rest, milliseconds.")
        @Nullable Long gracePeriodMs,
    @JsonPropertyDescription("Float32 values of the model.") @Nullable Long parameters,
    @JsonPropertyDescription("How deltas are encoded.") @Nullable String encoding,
    @JsonPropertyDescription(
            "Mini-batches before the first merge of an adaptive training; 0: not adaptive.")
        @Nullable Integer adaptiveInterval,
    @JsonPropertyDescription("SHA-256 of the layout text.") @Nullable String layoutHash,
    @JsonPropertyDescription("What no site may exceed.") @Nullable String limits,
    @JsonPropertyDescription("How payloads are hashed: blake3 or sha-256.")
        @Nullable String payloadHash,
    @JsonPropertyDescription(
            "Makes the step of the model from the merged delta, such as nesterov:lr=0.7,momentum=0.9; none.")
        @Nullable String optimizer,
    @JsonPropertyDescription(
            "What sites do to their deltas before they send them, such as dp(clip=1,noise=1.1,delta=0.00001); none.")
        @Nullable String privacy,
    @JsonPropertyDescription(
            "What the anchored rounds may have given away of each site; none: the contract adds no noise.")
        @Nullable String privacyLoss,
    @JsonPropertyDescription("Enrolled sites.") List<EnrolledSiteInfo> sites,
    @JsonPropertyDescription("Text of the draft, as set by its owner.") @Nullable String draft) {}
