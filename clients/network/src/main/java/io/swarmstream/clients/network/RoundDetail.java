package io.swarmstream.clients.network;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All that is known of a merged round. */
public record RoundDetail(
    @JsonPropertyDescription("From 0.") long round,
    @JsonPropertyDescription("Merge method.") String method,
    @JsonPropertyDescription("When the coordinator opened it, ISO 8601.") String openedAt,
    @JsonPropertyDescription("When the coordinator closed it, ISO 8601.") String closedAt,
    @JsonPropertyDescription("When its record was written to Kafka, ISO 8601.") String publishedAt,
    @JsonPropertyDescription("all-live or grace-period.") String closedBy,
    @JsonPropertyDescription("Who was merged.") List<ParticipantInfo> participants,
    @JsonPropertyDescription("Names of live sites that it did not wait for.") List<String> leftOut,
    @JsonPropertyDescription("Mean of the losses by weight; unknown when no site reported one.")
        @Nullable Double meanLoss,
    @JsonPropertyDescription("Mean of the metrics by weight; unknown when no site reported one.")
        @Nullable Double meanMetric,
    @JsonPropertyDescription("Merkle root of the model before it, 64 hex digits; zeros in round 0.")
        String baseHash,
    @JsonPropertyDescription("Merkle root of the model, 64 hex digits.") String modelHash,
    @JsonPropertyDescription("SHA-256 of the round record, 64 hex digits.") String recordHash,
    @JsonPropertyDescription("Float32 values of the model.") long parameters,
    @JsonPropertyDescription("Chunks of the model.") int chunks,
    @JsonPropertyDescription("Of an iterative merge method; else 0.") int iterations,
    @JsonPropertyDescription("Length of the merged delta; unknown: the record does not say.")
        @Nullable Double mergedNorm,
    @JsonPropertyDescription(
            "Of all payloads that were merged, encoded; unknown: the record does not say.")
        @Nullable Long bytes,
    @JsonPropertyDescription(
            "What the chain holds of it; unknown: nothing yet, or the chain does not answer.")
        @Nullable AnchorInfo anchor,
    @JsonPropertyDescription(
            "From opened to closed, milliseconds; unknown when the clocks contradict each other.")
        @Nullable Long collectingMs,
    @JsonPropertyDescription("From closed to published, milliseconds.") @Nullable Long mergingMs,
    @JsonPropertyDescription(
            "From published to the block of the anchor, milliseconds; 0 for a block that bears an earlier time.")
        @Nullable Long anchoringMs) {}
