package io.swarmstream.clients.chain;

import io.swarmstream.schemas.Anchor;

/** Earlier rounds are not, or no longer, on the chain; they have to be anchored first. */
public final class RoundGapException extends ChainException {
  private static final long serialVersionUID = 1;

  private final long nextRound;

  public RoundGapException(Anchor refused, long nextRound) {
    super(
        "round "
            + refused.round()
            + " of contract "
            + refused.contract()
            + " cannot be anchored before round "
            + nextRound);
    this.nextRound = nextRound;
  }

  /** The round that the chain accepts next. */
  public long nextRound() {
    return nextRound;
  }
}
