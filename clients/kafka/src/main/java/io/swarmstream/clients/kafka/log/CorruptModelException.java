package io.swarmstream.clients.kafka.log;

/** What the models topic holds is not the model that the round record names. */
public final class CorruptModelException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CorruptModelException(String message) {
    super(message);
  }
}
