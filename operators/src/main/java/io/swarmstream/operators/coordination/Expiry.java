package io.swarmstream.operators.coordination;

import io.swarmstream.operators.admission.Flaw;
import io.swarmstream.operators.messages.Receipt;
import io.swarmstream.schemas.rounds.RejectionReason;
import java.time.Duration;

/**
 * Sees to it that no plan names a chunk which the log may have dropped by the time it is merged.
 *
 * <p>Payloads stay in the log, and the log does not keep them for ever. A contribution that has
 * waited for other sites for so long is dismissed; its site learns that it is missing, and sends it
 * again.
 */
final class Expiry {
  private final long lifetimeMs;

  Expiry(Duration lifetime) {
    lifetimeMs = lifetime.toMillis();
  }

  boolean isExpired(Receipt receipt, Turn turn) {
    return isExpired(receipt.appendedMs(), turn);
  }

  boolean isExpired(Tally tally, Turn turn) {
    return isExpired(tally.appendedMs(), turn);
  }

  private boolean isExpired(long appendedMs, Turn turn) {
    return turn.nowMs() - appendedMs > lifetimeMs;
  }

  Flaw flaw(long round) {
    return new Flaw(
        RejectionReason.EXPIRED,
        "round",
        String.format(
            "round %d was still open %s after this had been sent, and the log may drop it soon; send it again",
            round, Duration.ofMillis(lifetimeMs)));
  }
}
