package io.swarmstream.clients.network;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** A site to enrol in a contract. */
public record EnrolmentOrder(
    @JsonPropertyDescription("Name of a member with the role site.") String site,
    @JsonPropertyDescription("Greatest weight that it may ask for; none: 1.")
        @Nullable Integer weight) {}
