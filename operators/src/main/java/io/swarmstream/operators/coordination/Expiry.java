package io.swarmstream.operators.coordination;

import io.swarmstream.operators.admission.Flaw;
import io.swarmstream.operators.messages.Receipt;
import io.swarmstream.schemas.rounds.RejectionReason;
import java.time.Duration;

/**
 * Decides which contribution has waited so long for other sites that the log may delete it before
 * it is merged.
 *
 * <p>Payloads stay in the log, which keeps them for a limited time. An expired contribution is
 * dismissed; its site reads the reason and sends it again.
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

  /** Whether what the log took at that time has expired. */
  boolean isExpired(long appendedMs, Turn turn) {
    return turn.nowMs() - appendedMs > lifetimeMs;
  }

  Flaw flaw(long round) {
    return new Flaw(
        RejectionReason.EXPIRED,
        "round",
        String.format(
            "round %d is still open %s after this contribution was sent, and the log may delete it soon; send it again",
            round, Duration.ofMillis(lifetimeMs)));
  }
}
