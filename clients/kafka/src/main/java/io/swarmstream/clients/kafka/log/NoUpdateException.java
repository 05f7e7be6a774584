package io.swarmstream.clients.kafka.log;

/** The job wrote that a round changed too much of a chunk for an update. */
final class NoUpdateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NoUpdateException(long round, int chunk) {
    super("round " + round + " changed most of chunk " + chunk);
  }
}
