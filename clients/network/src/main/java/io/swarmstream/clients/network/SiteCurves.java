package io.swarmstream.clients.network;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Curves of a site. Values are null where it was not merged, or did not say. */
public record SiteCurves(
    @JsonPropertyDescription("Name of the site.") String site,
    @JsonPropertyDescription("Mean.") List<@Nullable Double> loss,
    @JsonPropertyDescription("Mean.") List<@Nullable Double> metric,
    @JsonPropertyDescription("With which it counted, mean.") List<@Nullable Double> weight,
    @JsonPropertyDescription("Length of its deltas, mean; none of round 0.")
        List<@Nullable Double> norm,
    @JsonPropertyDescription("Cosine of its deltas and the merged ones, mean; none of round 0.")
        List<@Nullable Double> cosine,
    @JsonPropertyDescription("Of its payloads, mean.") List<@Nullable Double> bytes) {}
