package io.swarmstream.clients.kafka;

/** What the caller waited for did not arrive before the deadline; the message says what it was. */
public final class DeadlineException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DeadlineException(String message) {
    super(message);
  }

  public DeadlineException(String message, Throwable cause) {
    super(message, cause);
  }
}
