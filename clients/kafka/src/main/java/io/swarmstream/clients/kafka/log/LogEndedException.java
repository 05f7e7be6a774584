package io.swarmstream.clients.kafka.log;

/** The log is no longer followed: it was closed, or could not be read. Open a new one. */
public final class LogEndedException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  LogEndedException(String message, Throwable cause) {
    super(message, cause);
  }
}
