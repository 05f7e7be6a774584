package io.swarmstream.clients.network;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The body of a task. */
public record TaskBodyInfo(
    @JsonPropertyDescription("Of the task.") String name,
    @JsonPropertyDescription(
            "SHA-256 of the lines joined by line feeds; only once it is finalised.")
        @Nullable String bodyHash,
    @JsonPropertyDescription("All lines.") List<String> lines) {}
