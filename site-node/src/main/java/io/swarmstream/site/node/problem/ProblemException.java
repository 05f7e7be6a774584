package io.swarmstream.site.node.problem;

import org.jspecify.annotations.Nullable;

/**
 * A request that cannot be served. The message names the field and the way out; trainers get it as
 * the {@code detail} of a problem of RFC 9457.
 */
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

  /** A value that is out of its range. */
  public static ProblemException badValue(String field, Object actual, String expected) {
    return of(ProblemCode.BAD_VALUE, field + " is " + actual + "; it has to be " + expected)
        .in(field)
        .values(expected, String.valueOf(actual));
  }

  /** The same problem with one field. */
  public ProblemException in(@Nullable String newField) {
    return new ProblemException(code, detail(), newField, expected, actual, getCause());
  }

  /** The same problem with what was expected and what was found. */
  public ProblemException values(String newExpected, String newActual) {
    return new ProblemException(code, detail(), field, newExpected, newActual, getCause());
  }

  public ProblemCode code() {
    return code;
  }

  public String detail() {
    return String.valueOf(getMessage());
  }

  /** The field at fault; null: none. */
  public @Nullable String field() {
    return field;
  }

  /** What was expected of the field; null: nothing that can be said. */
  public @Nullable String expected() {
    return expected;
  }

  /** What the field was; null: nothing that can be said. */
  public @Nullable String actual() {
    return actual;
  }
}
