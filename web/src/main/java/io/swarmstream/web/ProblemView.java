package io.swarmstream.web;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** An error, as RFC 9457 describes it. */
public record ProblemView(
    @JsonPropertyDescription("urn:swarmstream:problem: followed by the code.") String type,
    @JsonPropertyDescription("What happened, in general.") String title,
    @JsonPropertyDescription("HTTP status.") int status,
    @JsonPropertyDescription("What happened, to which field, and the way out.") String detail,
    @JsonPropertyDescription("The kind of problem, for programs.") String code,
    @JsonPropertyDescription("The field at fault.") @Nullable String field,
    @JsonPropertyDescription("What was expected of the field.") @Nullable String expected,
    @JsonPropertyDescription("What the field was.") @Nullable String actual) {
  public static final String MEDIA_TYPE = "application/problem+json";

  /** A problem without what was expected. */
  public static ProblemView of(
      String code, String title, int status, String detail, @Nullable String field) {
    return new ProblemView(
        "urn:swarmstream:problem:" + code, title, status, detail, code, field, null, null);
  }

  /** The same problem with what was expected and what was found. */
  public ProblemView values(@Nullable String newExpected, @Nullable String newActual) {
    return new ProblemView(type, title, status, detail, code, field, newExpected, newActual);
  }
}
