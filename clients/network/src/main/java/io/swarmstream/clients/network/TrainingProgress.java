package io.swarmstream.clients.network;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** How far a site is with a training, as its trainer has reported. */
public record TrainingProgress(
    @JsonPropertyDescription("Name of the training contract on the chain.") String contract,
    @JsonPropertyDescription("Epochs that the site has done.") double epochs,
    @JsonPropertyDescription("Epochs that the site wants to do; 0: it did not say.")
        double totalEpochs,
    @JsonPropertyDescription("Training loss; unknown: the trainer did not say.")
        @Nullable Double loss,
    @JsonPropertyDescription("Metric; unknown: the trainer did not say.")
        @Nullable Double metric) {}
