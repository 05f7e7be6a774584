package io.swarmstream.site.node.session;

import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.site.RoundProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A session at one moment. Each part is immutable and is read once, so that whoever looks at it
 * does not see two moments of one part.
 *
 * @param waited how long the trainer has waited for merged models
 * @param sync the newest sync
 * @param after the node's own contributions, once the trainer has finished
 * @param notice what the open round waits for
 * @param model the newest model
 * @param sent what has left the site
 */
record SessionSnapshot(
    String id,
    SessionRequest request,
    ContractTerms terms,
    Instant openedAt,
    Duration waited,
    Optional<SyncProgress> sync,
    Optional<AfterTraining.State> after,
    Optional<RoundProgress> notice,
    NewestModel model,
    Reported reported,
    Exchanges exchanges,
    SentSoFar sent) {

  /** Whether the training is over, as far as the session knows. */
  boolean isOver() {
    return sync.map(SyncProgress::isLast).orElse(false)
        || after.map(AfterTraining.State::isOver).orElse(false);
  }
}
