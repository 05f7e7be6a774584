package io.swarmstream.clients.network;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far a training is, and each site in it. */
public record PerformanceInfo(
    @JsonPropertyDescription("Name of the training contract on the chain.") String contract,
    @JsonPropertyDescription("Name of the member whose job leads: it merges and anchors rounds.")
        @Nullable String leader,
    @JsonPropertyDescription("Ethereum address of the leader; unknown for a draft.")
        @Nullable String leaderAccount,
    @JsonPropertyDescription("Newest merged round; unknown before the first one.")
        @Nullable Long round,
    @JsonPropertyDescription("Enrolled sites.") List<SitePerformance> sites) {}
