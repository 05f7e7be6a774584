package io.swarmstream.licence;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Instant;

/** A place that a node has for a while. */
public record Lease(
    @JsonPropertyDescription("Names the lease; 32 hex digits.") String id,
    @JsonPropertyDescription("SN, SL or SWOP.") String feature,
    @JsonPropertyDescription("Whose place it is.") String organisation,
    @JsonPropertyDescription("Which node has it; unique in the organisation.") String nodeId,
    @JsonPropertyDescription("SHA-256 of the key that the node has shown.") String keyHash,
    @JsonPropertyDescription("Since when, ISO 8601.") String since,
    @JsonPropertyDescription("When it ends unless it is renewed, ISO 8601.") String expires) {

  boolean isOver(Instant now) {
    return !now.isBefore(expiresAt());
  }

  public Instant expiresAt() {
    return Instant.parse(expires);
  }

  Lease until(Instant end) {
    return new Lease(id, feature, organisation, nodeId, keyHash, since, end.toString());
  }

  /** Whether it is the same node's, under this or another id. */
  boolean isOf(String otherFeature, String otherOrganisation, String otherNodeId) {
    return feature.equals(otherFeature)
        && organisation.equals(otherOrganisation)
        && nodeId.equals(otherNodeId);
  }
}
