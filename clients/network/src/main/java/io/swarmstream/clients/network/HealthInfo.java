package io.swarmstream.clients.network;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a network node is. */
public record HealthInfo(
    @JsonPropertyDescription("ok, or degraded when something below does not work.") String state,
    @JsonPropertyDescription("Number of the newest block; -1 when the chain does not answer.")
        long block,
    @JsonPropertyDescription("Days until the node's certificate expires.")
        @Nullable Long certificateDays,
    @JsonPropertyDescription(
            "How many nodes make blocks; more than half have to be there. Unknown for a chain that is not ours.")
        @Nullable Integer sealers,
    @JsonPropertyDescription(
            "What is wrong and the way out, one sentence each; empty when all is well.")
        List<String> problems) {}
