package io.swarmstream.web;

import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/**
 * A request that cannot be served. The message names the field and the way out; callers get it as
 * the {@code detail} of a problem of RFC 9457.
 */
public final class ApiProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;
  private final @Nullable String field;

  private ApiProblem(
      int status, String code, String detail, @Nullable String field, @Nullable Throwable cause) {
    super(detail, cause);
    this.status = status;
    this.code = code;
    this.field = field;
  }

  /**
   * A problem.
   *
   * @param status HTTP status, 400 to 599
   * @param code for programs, such as {@code unknown-member}
   */
  public static ApiProblem of(int status, String code, String detail) {
    return new ApiProblem(status, code, detail, null, null);
  }

  /** A value of the request that cannot be used. */
  public static ApiProblem badValue(String field, String detail) {
    return new ApiProblem(400, "bad-value", detail, field, null);
  }

  /** A body that cannot be read. */
  public static ApiProblem badBody(String detail) {
    return new ApiProblem(400, "bad-body", detail, "body", null);
  }

  /** The same problem with what caused it, for the log. */
  public ApiProblem because(Throwable cause) {
    return new ApiProblem(status, code, detail(), field, cause);
  }

  public int status() {
    return status;
  }

  public String code() {
    return code;
  }

  public String detail() {
    return String.valueOf(getMessage());
  }

  /** The field at fault; null: none. */
  public @Nullable String field() {
    return field;
  }

  ProblemView view() {
    return ProblemView.of(code, HttpStatus.getMessage(status), status, detail(), field);
  }
}
