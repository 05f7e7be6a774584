package io.swarmstream.clients.network;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** Says that a program of a member runs. */
public record HeartbeatRequest(
    @JsonPropertyDescription("SN, SL or SWOP.") String type,
    @JsonPropertyDescription("Of this run of the program.") String uuid,
    @JsonPropertyDescription("URL, or host and port.") String address,
    @JsonPropertyDescription("Of the product.") String version,
    @JsonPropertyDescription("That a site trains at present.") @Nullable String contract) {}
