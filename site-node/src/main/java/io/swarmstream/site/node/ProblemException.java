package io.swarmstream.site.node;

import org.jspecify.annotations.Nullable;

/** A request cannot be served; the message names the field, and the way out. */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ProblemCode code;
  private final @Nullable String field;
  private final @Nullable String expected;
  private final @Nullable String actual;

  private ProblemException(
      ProblemCode code,
      String detail,
      @Nullable String field,
      @Nullable String expected,
      @Nullable String actual,
      @Nullable Throwable cause) {
    super(detail, cause);
    this.code = code;
    this.field = field;
    this.expected = expected;
    this.actual = actual;
  }

  public static ProblemException of(ProblemCode code, String detail) {
    return new ProblemException(code, detail, null, null, null, null);
  }

  public static ProblemException of(ProblemCode code, String detail, Throwable cause) {
    return new ProblemException(code, detail, null, null, null, cause);
  }

  /** About one field. */
  public ProblemException in(@Nullable String newField) {
    return new ProblemException(code, detail(), newField, expected, actual, getCause());
  }

  /** With what was expected, and what was there. */
  public ProblemException values(String newExpected, String newActual) {
    return new ProblemException(code, detail(), field, newExpected, newActual, getCause());
  }

  public ProblemCode code() {
    return code;
  }

  public String detail() {
    return String.valueOf(getMessage());
  }

  public @Nullable String field() {
    return field;
  }

  public @Nullable String expected() {
    return expected;
  }

  public @Nullable String actual() {
    return actual;
  }
}
