package io.swarmstream.clients.network;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A curve. Values are null where nothing is known. */
public record CurveInfo(
    @JsonPropertyDescription("Mean over the rounds of a value.") List<@Nullable Double> mean,
    @JsonPropertyDescription("Least that a site reported in them.") List<@Nullable Double> min,
    @JsonPropertyDescription("Greatest that a site reported in them.")
        List<@Nullable Double> max) {}
