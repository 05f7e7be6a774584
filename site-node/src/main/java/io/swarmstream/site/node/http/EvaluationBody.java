package io.swarmstream.site.node.http;

import org.jspecify.annotations.Nullable;

/** Loss and metric of the merged model on the site's validation data. */
record EvaluationBody(
    @Doc(value = "Round of the model.", optional = true) @Nullable Long round,
    @Doc(value = "Loss of the model.", optional = true) @Nullable Double loss,
    @Doc(value = "Metric of the model.", optional = true) @Nullable Double metric,
    @Doc(value = "Passes over the data so far.", optional = true) @Nullable Double epochsDone,
    @Doc(value = "Passes planned.", optional = true) @Nullable Double epochsTotal) {}
