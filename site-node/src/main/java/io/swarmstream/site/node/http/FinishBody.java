package io.swarmstream.site.node.http;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** Reports that the trainer has finished. */
record FinishBody(
    @JsonPropertyDescription(
            "What the node contributes until the training is over: snapshot, active or inactive. Default: as the session says.")
        @Nullable String checkIn,
    @JsonPropertyDescription("Longest wait for one round. Default: 3600.")
        @Nullable Long deadlineSeconds) {}
