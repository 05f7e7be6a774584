package io.swarmstream.licence;

/** A licence server says no. The message says why, and the way out. */
public final class LicenceRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;

  LicenceRefusedException(String code, String message) {
    super(message);
    this.code = code;
  }

  /** For programs, such as {@code no-place}. */
  public String code() {
    return code;
  }
}
