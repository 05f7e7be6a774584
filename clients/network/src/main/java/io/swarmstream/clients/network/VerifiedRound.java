package io.swarmstream.clients.network;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The verdict on a round. */
public record VerifiedRound(
    @JsonPropertyDescription("From 0.") long round,
    @JsonPropertyDescription(
            "proven: replayed, and record, model and anchor are the same bit for bit; failed: something is wrong; not-replayable: the log no longer holds enough.")
        String verdict,
    @JsonPropertyDescription("Names of the sites that its record names.") List<String> participants,
    @JsonPropertyDescription("Those that the log holds complete and unaltered.") int contributions,
    @JsonPropertyDescription("What is wrong.") List<FindingInfo> findings,
    @JsonPropertyDescription("Why it could not be replayed.") @Nullable String obstacle) {}
