package io.swarmstream.clients.network;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** Why somebody should look at a site: its newest deltas are unusual. */
public record SiteRemark(
    @JsonPropertyDescription("still, repeats, opposed, apart or long.") String code,
    @JsonPropertyDescription("What is unusual, and what to look at.") String sentence) {}
