package io.swarmstream.licence;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** Asks for a place. */
public record LeaseRequest(
    @JsonPropertyDescription("SN, SL or SWOP.") String feature,
    @JsonPropertyDescription("Whose place it is; has to be the certificate's organisation.")
        String organisation,
    @JsonPropertyDescription("Which node; unique in the organisation.") String nodeId) {}
