package io.swarmstream.clients.network;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A verification of rounds, or the newest one. */
public record VerificationInfo(
    @JsonPropertyDescription("Name of the training contract on the chain.") String contract,
    @JsonPropertyDescription(
            "none: none was asked for; running; done; failed: it could not be made.")
        String state,
    @JsonPropertyDescription("The round that is verified; unknown: all.") @Nullable Long round,
    @JsonPropertyDescription("ISO 8601.") @Nullable String startedAt,
    @JsonPropertyDescription("ISO 8601.") @Nullable String endedAt,
    @JsonPropertyDescription("What is being done; unknown when it does not run.")
        @Nullable String progress,
    @JsonPropertyDescription("proven, failed or not-replayable; unknown until it is done.")
        @Nullable String verdict,
    @JsonPropertyDescription("Verdict for each round.") List<VerifiedRound> rounds,
    @JsonPropertyDescription("What is wrong, but concerns none of the rounds.")
        List<FindingInfo> findings,
    @JsonPropertyDescription("Why it could not be made, and the way out.")
        @Nullable String problem) {}
