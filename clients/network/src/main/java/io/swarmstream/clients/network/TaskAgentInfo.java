package io.swarmstream.clients.network;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An agent of a taskrunner. */
public record TaskAgentInfo(
    @JsonPropertyDescription("Ethereum address.") String account,
    @JsonPropertyDescription("Name of the member with that address: the UID of the agent.")
        @Nullable String member,
    @JsonPropertyDescription("Sites that it can run; 0: it is registered no longer.") int sites,
    @JsonPropertyDescription("The attempt that it has to enrol for, or has; 0: it is not called.")
        int called,
    @JsonPropertyDescription("The attempt that it has enrolled for; 0: none.") int attempt,
    @JsonPropertyDescription("Time of the block, ISO 8601.") @Nullable String enrolledAt,
    @JsonPropertyDescription("Its sites, or itself; none before it has enrolled.")
        List<TaskPeerInfo> peers) {}
