package io.swarmstream.clients.network;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** A difference between what the log or the chain holds and what it must hold. */
public record FindingInfo(
    @JsonPropertyDescription("Kind of the finding.") String code,
    @JsonPropertyDescription("That it concerns.") @Nullable Long round,
    @JsonPropertyDescription("Name of the site that it concerns.") @Nullable String site,
    @JsonPropertyDescription("That it concerns.") @Nullable Integer chunk,
    @JsonPropertyDescription("What is wrong, with both values.") String message) {}
