package io.swarmstream.clients.network;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** A refused contribution or a part of it. */
public record RejectionInfo(
    @JsonPropertyDescription(
            "Name of the site; unknown: it is not enrolled, or the record could not be read.")
        @Nullable String site,
    @JsonPropertyDescription("Ethereum address that the record claims.") @Nullable String account,
    @JsonPropertyDescription("That the record claims.") @Nullable Long round,
    @JsonPropertyDescription("The chunk that it concerns.") @Nullable Integer chunk,
    @JsonPropertyDescription("Code of the reason.") String reason,
    @JsonPropertyDescription("Field at fault.") @Nullable String field,
    @JsonPropertyDescription("What happened and the way out.") String message,
    @JsonPropertyDescription("When it was refused, ISO 8601.") String at) {}
