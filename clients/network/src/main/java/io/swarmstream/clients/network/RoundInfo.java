package io.swarmstream.clients.network;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A merged round. */
public record RoundInfo(
    @JsonPropertyDescription("From 0.") long round,
    @JsonPropertyDescription("Merkle root of the model, 64 hex digits.") String modelHash,
    @JsonPropertyDescription("SHA-256 of the round record, 64 hex digits.") String recordHash,
    @JsonPropertyDescription(
            "Whether the chain holds the record's hash; unknown when the chain does not answer.")
        @Nullable Boolean anchored,
    @JsonPropertyDescription("Who was merged.") List<ParticipantInfo> participants) {}
