package io.swarmstream.licence;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** A node that gets no lease any more. */
public record Revocation(
    @JsonPropertyDescription("Id of the lease that was revoked.") String id,
    @JsonPropertyDescription("SN, SL or SWOP.") String feature,
    @JsonPropertyDescription("The node's organisation.") String organisation,
    @JsonPropertyDescription("The node.") String nodeId,
    @JsonPropertyDescription("When, ISO 8601.") String at) {}
