package io.swarmstream.clients.kafka.log;

/** Kafka did not accept a record; the message names the record and the reason. */
public final class SendFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public SendFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
