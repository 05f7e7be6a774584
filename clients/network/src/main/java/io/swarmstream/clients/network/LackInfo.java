package io.swarmstream.clients.network;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** Something that the console offers elsewhere, and not here. */
public record LackInfo(
    @JsonPropertyDescription("members or tasks.") String what,
    @JsonPropertyDescription("Why, and what would give it.") String sentence) {}
