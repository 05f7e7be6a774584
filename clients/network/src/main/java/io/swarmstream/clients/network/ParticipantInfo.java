package io.swarmstream.clients.network;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** A contribution that was merged. */
public record ParticipantInfo(
    @JsonPropertyDescription("Ethereum address of the site.") String account,
    @JsonPropertyDescription("Name of the site, if it is still enrolled.") @Nullable String site,
    @JsonPropertyDescription("With which it counted.") int weight,
    @JsonPropertyDescription("Training loss that the site reported.") @Nullable Double loss,
    @JsonPropertyDescription("Metric that the site reported.") @Nullable Double metric,
    @JsonPropertyDescription("Epochs that the site has done.") double epochs,
    @JsonPropertyDescription("Epochs that the site wants to do; 0: it did not say.")
        double totalEpochs,
    @JsonPropertyDescription(
            "Length of its delta as it was sent; unknown: the record does not say.")
        @Nullable Double norm,
    @JsonPropertyDescription(
            "Cosine of its delta and the merged one, -1 to 1; unknown: one of them has length 0, or the record does not say.")
        @Nullable Double cosine,
    @JsonPropertyDescription("Of its payloads, encoded; unknown: the record does not say.")
        @Nullable Long bytes) {}
