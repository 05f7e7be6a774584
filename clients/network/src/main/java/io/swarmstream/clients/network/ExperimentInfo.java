package io.swarmstream.clients.network;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A training, past or present: one generation of a contract. */
public record ExperimentInfo(
    @JsonPropertyDescription("Its name on the chain: with a number after a reset.") String contract,
    @JsonPropertyDescription("As people call it.") String name,
    @JsonPropertyDescription("Counts from 1 how often it was reset.") long generation,
    @JsonPropertyDescription(
            "draft: no site has joined yet; running: a site trains, or a round was merged in the last ten minutes; idle: neither; ended: a later generation has replaced it.")
        String status,
    @JsonPropertyDescription("Merge method; unknown for a draft.") @Nullable String method,
    @JsonPropertyDescription("When its first round was closed, ISO 8601.")
        @Nullable String firstRoundAt,
    @JsonPropertyDescription("When its newest round was closed, ISO 8601.")
        @Nullable String lastRoundAt,
    @JsonPropertyDescription("How many rounds were merged.") long rounds,
    @JsonPropertyDescription("Number of the newest round.") @Nullable Long lastRound,
    @JsonPropertyDescription("Sites that are enrolled, or were merged.") int sites,
    @JsonPropertyDescription("Least mean loss of a round.") @Nullable Double bestLoss,
    @JsonPropertyDescription("The first round that had it.") @Nullable Long bestLossRound,
    @JsonPropertyDescription("Greatest mean metric of a round.") @Nullable Double bestMetric,
    @JsonPropertyDescription("The first round that had it.") @Nullable Long bestMetricRound,
    @JsonPropertyDescription(
            "Whether each site that says how many epochs it wants has done them, and one does.")
        boolean finished,
    @JsonPropertyDescription("What members have noted; may be empty.") String notes,
    @JsonPropertyDescription("Words to find it by.") List<String> tags,
    @JsonPropertyDescription("Name of the member that last changed notes or tags.")
        @Nullable String notedBy,
    @JsonPropertyDescription("When, ISO 8601.") @Nullable String notedAt) {}
