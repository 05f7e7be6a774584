package io.swarmstream.clients.network;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Curves of a training. Where it has more rounds than values were asked for, each value stands for
 * several rounds.
 */
public record SeriesInfo(
    @JsonPropertyDescription("Name of the training contract on the chain.") String contract,
    @JsonPropertyDescription("First round that it covers.") long from,
    @JsonPropertyDescription("Last round that it covers; one less than from: there are no rounds.")
        long to,
    @JsonPropertyDescription("Rounds that one value stands for.") long step,
    @JsonPropertyDescription("First round of each value; all lists below are as long as this one.")
        List<Long> rounds,
    @JsonPropertyDescription("Of the rounds' mean loss.") CurveInfo loss,
    @JsonPropertyDescription("Of the rounds' mean metric.") CurveInfo metric,
    @JsonPropertyDescription("Sites merged in a round, mean.") List<@Nullable Double> participants,
    @JsonPropertyDescription("From opened to closed, mean.") List<@Nullable Double> seconds,
    @JsonPropertyDescription(
            "Of the sites' deltas' lengths; none of round 0, which merges whole models.")
        CurveInfo norm,
    @JsonPropertyDescription("Of the sites' cosines to the merged delta; none of round 0.")
        CurveInfo cosine,
    @JsonPropertyDescription("Length of the merged delta, mean; none of round 0.")
        List<@Nullable Double> mergedNorm,
    @JsonPropertyDescription("Those that were asked for.") List<SiteCurves> sites) {}
