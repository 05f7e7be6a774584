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
 * @param missing names of live sites that have not contributed to the open round
 * @param waitsFor the same in words; empty once it is over
 * @param contributed sites that have
 * @param minPeers sites that it needs
 */
public record FinalReport(
    String state,
    long round,
    @Nullable String modelHash,
    Instant since,
    List<String> missing,
    String waitsFor,
    int contributed,
    int minPeers) {

  static FinalReport of(Session session, boolean over, Instant since) {
    Merged newest = session.site().base().orElse(null);
    Waiting waiting = Waiting.of(session, -1);
    return new FinalReport(
        over ? "over" : "waiting",
        newest == null ? -1 : newest.round(),
        newest == null ? null : newest.hash().hex(),
        since,
        over ? List.of() : waiting.missing(),
        over ? "" : waiting.forWhom(),
        waiting.contributed(),
        waiting.minPeers());
  }
}
