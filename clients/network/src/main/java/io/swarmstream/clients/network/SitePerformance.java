package io.swarmstream.clients.network;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** What an enrolled site has last reported of itself: with its heartbeat, or in a round. */
public record SitePerformance(
    @JsonPropertyDescription("Name of the site.") String site,
    @JsonPropertyDescription("Ethereum address of the site.") String account,
    @JsonPropertyDescription("Whether its node says that a trainer trains at present.")
        boolean training,
    @JsonPropertyDescription("Newest round that it was merged in; unknown: none.")
        @Nullable Long round,
    @JsonPropertyDescription("With which it counted in that round.") @Nullable Integer weight,
    @JsonPropertyDescription("Training loss.") @Nullable Double loss,
    @JsonPropertyDescription("Metric.") @Nullable Double metric,
    @JsonPropertyDescription("Epochs that the site has done.") double epochs,
    @JsonPropertyDescription("Epochs that the site wants to do; 0: it did not say.")
        double totalEpochs,
    @JsonPropertyDescription(
            "When its node said so, ISO 8601; unknown: it is from the round, or there is nothing yet.")
        @Nullable String reportedAt) {}
