package io.swarmstream.clients.network;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a training's open round waits for, as its job last said. */
public record OpenRoundInfo(
    @JsonPropertyDescription("Its number; unknown: this node has read nothing of the job yet.")
        @Nullable Long round,
    @JsonPropertyDescription("Complete contributions so far.") @Nullable Integer contributed,
    @JsonPropertyDescription("Fewest sites that make a round.") @Nullable Integer minPeers,
    @JsonPropertyDescription("Names of live sites that are not complete yet, at most 1,000.")
        List<String> missing,
    @JsonPropertyDescription("How many they are.") @Nullable Integer missingCount,
    @JsonPropertyDescription("Names of enrolled sites that are not waited for, at most 1,000.")
        List<String> absent,
    @JsonPropertyDescription(
            "When the grace period ends, ISO 8601; unknown while too few are complete.")
        @Nullable String closesAt,
    @JsonPropertyDescription("The same in words.") @Nullable String sentence,
    @JsonPropertyDescription("When the job said so, ISO 8601.") @Nullable String at) {}
