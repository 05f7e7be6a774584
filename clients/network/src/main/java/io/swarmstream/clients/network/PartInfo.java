package io.swarmstream.clients.network;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part of a swarm. */
public record PartInfo(
    @JsonPropertyDescription("Unique among the parts.") String id,
    @JsonPropertyDescription("network, kafka, job, site, agent or chain.") String kind,
    @JsonPropertyDescription("As people call it.") String name,
    @JsonPropertyDescription("Name of the member that runs it.") @Nullable String member,
    @JsonPropertyDescription("To which the member belongs.") @Nullable String organisation,
    @JsonPropertyDescription(
            "ok; warn: it works, but needs attention; down; ended: it was stopped as it should be;"
                + " unknown: it was not heard yet.")
        String state,
    @JsonPropertyDescription(
            "Since when it is in this state, ISO 8601; unknown: the node cannot know.")
        @Nullable String since,
    @JsonPropertyDescription("What is wrong and the way out; unknown when nothing is.")
        @Nullable String sentence,
    @JsonPropertyDescription("Of the product.") @Nullable String version,
    @JsonPropertyDescription("URL, or host and port.") @Nullable String address,
    @JsonPropertyDescription("Days until its certificate expires; only of the node that answers.")
        @Nullable Long certificateDays,
    @JsonPropertyDescription("Whether it began the swarm.") boolean sentinel,
    @JsonPropertyDescription("ISO 8601.") @Nullable String lastHeard,
    @JsonPropertyDescription("More of it, for people.") List<PartDetail> details) {}
