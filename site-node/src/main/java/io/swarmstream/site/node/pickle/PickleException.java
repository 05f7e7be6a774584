package io.swarmstream.site.node.pickle;

/** A pickle that cannot be read here; the message says why. */
public final class PickleException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public PickleException(String message) {
    super(message);
  }

  PickleException(String message, Throwable cause) {
    super(message, cause);
  }
}
