package io.swarmstream.clients.network;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** Something more of a part. */
public record PartDetail(
    @JsonPropertyDescription("What it is.") String name,
    @JsonPropertyDescription("As text.") String value) {}
