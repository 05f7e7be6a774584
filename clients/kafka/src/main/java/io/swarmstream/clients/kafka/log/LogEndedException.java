package io.swarmstream.clients.kafka.log;

/** A log is not followed any more: it was closed, or could not be read. Open another one. */
public final class LogEndedException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  LogEndedException(String message, Throwable cause) {
    super(message, cause);
  }
}
