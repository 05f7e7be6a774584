package io.swarmstream.web;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** What a caller gets when a request cannot be served: a problem of RFC 9457. */
public record ProblemBody(
    @JsonPropertyDescription("Always about:blank.") String type,
    @JsonPropertyDescription("Kind of the problem, for programs.") String title,
    @JsonPropertyDescription("HTTP status.") int status,
    @JsonPropertyDescription("What is wrong and the way out, for people.") String detail,
    @JsonPropertyDescription("The field at fault, if there is one.") @Nullable String field) {
  static final String MEDIA_TYPE = "application/problem+json";
}
