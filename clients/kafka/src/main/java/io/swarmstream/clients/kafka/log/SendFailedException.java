package io.swarmstream.clients.kafka.log;

/** A record was not taken by Kafka; the message names it and says why. */
public final class SendFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public SendFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
