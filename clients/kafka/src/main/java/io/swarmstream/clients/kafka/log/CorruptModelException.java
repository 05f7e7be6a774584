package io.swarmstream.clients.kafka.log;

/** The models topic holds a different model from the one that the round record names. */
public final class CorruptModelException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CorruptModelException(String message) {
    super(message);
  }
}
