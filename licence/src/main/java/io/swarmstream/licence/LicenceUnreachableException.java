package io.swarmstream.licence;

/** No licence server gives leases now. */
public final class LicenceUnreachableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LicenceUnreachableException(String message) {
    super(message);
  }
}
