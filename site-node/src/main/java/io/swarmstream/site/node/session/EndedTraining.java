package io.swarmstream.site.node.session;

import io.swarmstream.site.Merged;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * A training that is over, as this site took part in it.
 *
 * @param contract its name on the chain
 * @param session id of the session
 * @param trainer what trained, for people
 * @param round of the final model
 * @param modelHash Merkle root of the final model, hex
 * @param meanLoss of that round's participants; null: none reported one
 * @param at when this site learnt of it, ISO 8601
 */
public record EndedTraining(
    String contract,
    String session,
    String trainer,
    long round,
    String modelHash,
    @Nullable Double meanLoss,
    String at) {

  /** A training that has ended just now. */
  static EndedTraining of(String contract, String session, String trainer, Merged last) {
    double loss = last.summary().meanLoss();
    return new EndedTraining(
        contract,
        session,
        trainer,
        last.round(),
        last.hash().hex(),
        Double.isNaN(loss) ? null : loss,
        Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
  }
}
