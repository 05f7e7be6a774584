package io.swarmstream.clients.network;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** How a site does in a training. */
public record SiteStanding(
    @JsonPropertyDescription("Name of the site.") String site,
    @JsonPropertyDescription("Ethereum address of the site; unknown: it is not enrolled any more.")
        @Nullable String account,
    @JsonPropertyDescription("Whether its node says that a trainer trains at present.")
        boolean training,
    @JsonPropertyDescription("Newest round that it was merged in; unknown: none.")
        @Nullable Long round,
    @JsonPropertyDescription("With which it counted in that round.") @Nullable Integer weight,
    @JsonPropertyDescription("That it last reported.") @Nullable Double loss,
    @JsonPropertyDescription("That it last reported.") @Nullable Double metric,
    @JsonPropertyDescription("Length of its delta in that round; unknown: the record does not say.")
        @Nullable Double norm,
    @JsonPropertyDescription(
            "Cosine of its delta and the merged one in that round, -1 to 1; unknown: one of them has length 0, or the record does not say.")
        @Nullable Double cosine,
    @JsonPropertyDescription(
            "Of its payloads in that round, encoded; unknown: the record does not say.")
        @Nullable Long bytes,
    @JsonPropertyDescription("Why somebody should look at it; unknown: its deltas are as usual.")
        @Nullable SiteRemark remark,
    @JsonPropertyDescription("Epochs that the site has done.") double epochs,
    @JsonPropertyDescription("Epochs that the site wants to do; 0: it did not say.")
        double totalEpochs,
    @JsonPropertyDescription("Rounds that it was merged in.") long rounds,
    @JsonPropertyDescription("Of all rounds, 0 to 1; unknown: there are none.")
        @Nullable Double share,
    @JsonPropertyDescription("Rounds that did not wait for it.") long leftOut,
    @JsonPropertyDescription(
            "How long after the median contribution of its round its own was complete, milliseconds, mean of its rounds; unknown: the records do not say.")
        @Nullable Double behindMs,
    @JsonPropertyDescription(
            "When a program of it was last heard, ISO 8601; unknown: not within a day.")
        @Nullable String lastHeard) {}
