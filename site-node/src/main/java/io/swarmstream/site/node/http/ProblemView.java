package io.swarmstream.site.node.http;

import io.swarmstream.site.node.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/** An error, as RFC 9457 describes it. */
record ProblemView(
    @Doc("urn:swarmstream:problem: followed by the code.") String type,
    @Doc("What happened, in general.") String title,
    @Doc("HTTP status.") int status,
    @Doc("What happened, to which field, and the way out.") String detail,
    @Doc("The kind of problem, for programs.") String code,
    @Doc(value = "The field at fault.", optional = true) @Nullable String field,
    @Doc(value = "What was expected of the field.", optional = true) @Nullable String expected,
    @Doc(value = "What the field was.", optional = true) @Nullable String actual) {
  static final String MEDIA_TYPE = "application/problem+json";

  static ProblemView of(ProblemException problem) {
    return new ProblemView(
        "urn:swarmstream:problem:" + problem.code().code(),
        problem.code().title(),
        problem.code().status(),
        problem.detail(),
        problem.code().code(),
        problem.field(),
        problem.expected(),
        problem.actual());
  }
}
