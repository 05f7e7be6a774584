package io.swarmstream.clients.network;

import org.jspecify.annotations.Nullable;

/** A network node refuses a request; the message says why and names the way out. */
public final class ApiRefusalException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;
  private final @Nullable String field;

  ApiRefusalException(int status, String code, String detail, @Nullable String field) {
    super(detail);
    this.status = status;
    this.code = code;
    this.field = field;
  }

  /** HTTP status. */
  public int status() {
    return status;
  }

  /** For programs, such as {@code unknown-invitation}. */
  public String code() {
    return code;
  }

  /** The field at fault; null: none. */
  public @Nullable String field() {
    return field;
  }
}
