package io.swarmstream.site.node;

import io.swarmstream.site.Merged;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a training is that the session's trainer has finished for itself.
 *
 * @param state {@code waiting} or {@code over}
 * @param round of the newest model; -1: there is none
 */
public record FinalReport(
    String state, long round, @Nullable String modelHash, Instant since, List<String> missing) {

  static FinalReport of(Session session, boolean over, Instant since) {
    Merged newest = session.site().base().orElse(null);
    return new FinalReport(
        over ? "over" : "waiting",
        newest == null ? -1 : newest.round(),
        newest == null ? null : newest.hash().hex(),
        since,
        over ? List.of() : Waiting.of(session, -1).missing());
  }
}
