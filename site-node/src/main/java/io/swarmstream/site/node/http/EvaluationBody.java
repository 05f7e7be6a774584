package io.swarmstream.site.node.http;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** Loss and metric of the merged model on the site's validation data. */
record EvaluationBody(
    @JsonPropertyDescription("Round of the model.") @Nullable Long round,
    @JsonPropertyDescription("Loss of the model.") @Nullable Double loss,
    @JsonPropertyDescription("Metric of the model.") @Nullable Double metric,
    @JsonPropertyDescription("Passes over the data so far.") @Nullable Double epochsDone,
    @JsonPropertyDescription("Passes planned.") @Nullable Double epochsTotal) {}
