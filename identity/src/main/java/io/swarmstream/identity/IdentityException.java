package io.swarmstream.identity;

/**
 * A key, a certificate or an authority cannot be used; the message names the file and what to do.
 */
public final class IdentityException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public IdentityException(String message) {
    super(message);
  }

  public IdentityException(String message, Throwable cause) {
    super(message, cause);
  }
}
