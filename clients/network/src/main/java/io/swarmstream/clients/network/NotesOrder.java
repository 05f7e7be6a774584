package io.swarmstream.clients.network;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/** Replaces the notes and tags of an experiment. */
public record NotesOrder(
    @JsonPropertyDescription("At most 4,000 characters.") String text,
    @JsonPropertyDescription("At most 20 of at most 40 characters each.") List<String> tags) {}
