package io.swarmstream.clients.network;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A merged round in short: as long for a thousand sites as for two. */
public record RoundLine(
    @JsonPropertyDescription("From 0.") long round,
    @JsonPropertyDescription("When the coordinator opened it, ISO 8601.") String openedAt,
    @JsonPropertyDescription("When the coordinator closed it, ISO 8601.") String closedAt,
    @JsonPropertyDescription("all-live or grace-period.") String closedBy,
    @JsonPropertyDescription("Sites that were merged.") int participants,
    @JsonPropertyDescription("Names of live sites that it did not wait for, at most 10.")
        List<String> leftOut,
    @JsonPropertyDescription("How many they are.") int leftOutCount,
    @JsonPropertyDescription("Mean of the losses by weight; unknown when no site reported one.")
        @Nullable Double meanLoss,
    @JsonPropertyDescription("Mean of the metrics by weight; unknown when no site reported one.")
        @Nullable Double meanMetric,
    @JsonPropertyDescription("SHA-256 of the round record, 64 hex digits.") String recordHash,
    @JsonPropertyDescription(
            "Whether the chain holds the record's hash; unknown when the chain does not answer.")
        @Nullable Boolean anchored,
    @JsonPropertyDescription(
            "From opened to closed, milliseconds; unknown when the clocks contradict each other.")
        @Nullable Long collectingMs,
    @JsonPropertyDescription("From closed to published, milliseconds.") @Nullable Long mergingMs,
    @JsonPropertyDescription(
            "proven, failed or not-replayable; unknown: this node has not verified it since it started.")
        @Nullable String verdict) {

  /** The same round, with what the chain and a verification say of it. */
  public RoundLine with(@Nullable Boolean known, @Nullable String found) {
    return new RoundLine(
        round,
        openedAt,
        closedAt,
        closedBy,
        participants,
        leftOut,
        leftOutCount,
        meanLoss,
        meanMetric,
        recordHash,
        known,
        collectingMs,
        mergingMs,
        found);
  }
}
