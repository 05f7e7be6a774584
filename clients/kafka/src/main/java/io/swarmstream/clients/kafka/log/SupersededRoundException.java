package io.swarmstream.clients.kafka.log;

/**
 * Compaction replaced a chunk of the round's model with that of a later round. The model can no
 * longer be read; the site continues with the later one.
 */
public final class SupersededRoundException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final long laterRound;

  SupersededRoundException(long round, int chunk, long laterRound) {
    super(
        "round "
            + round
            + ": chunk "
            + chunk
            + " of its model has been replaced by that of round "
            + laterRound
            + "; read that round's model");
    this.laterRound = laterRound;
  }

  public long laterRound() {
    return laterRound;
  }
}
