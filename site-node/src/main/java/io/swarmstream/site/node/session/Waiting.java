package io.swarmstream.site.node.session;

import io.swarmstream.site.RoundProgress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the open round waits for, as the job last said.
 *
 * @param missing names of live sites that have not contributed
 * @param forWhom in words: which sites, or how many more and how they join
 * @param closesInSeconds what is left of the grace period; null: fewer than minPeers have
 *     contributed
 */
public record Waiting(
    List<String> missing,
    int contributed,
    int minPeers,
    String forWhom,
    @Nullable Long closesInSeconds) {

  /**
   * The same for a trainer that waits for one round.
   *
   * @param round a notice of another round does not count; -1: it does
   */
  static Waiting of(Optional<RoundProgress> notice, long round, int minPeers) {
    return of(notice.filter(said -> round < 0 || said.round() == round), minPeers);
  }

  static Waiting of(Optional<RoundProgress> notice, int minPeers) {
    if (notice.isEmpty()) {
      return new Waiting(
          List.of(), 0, minPeers, "the job, which has not reported on the round yet", null);
    }
    RoundProgress said = notice.get();
    return new Waiting(
        said.missing(), said.contributed(), said.minPeers(), said.waitsFor(), left(said));
  }

  /** Uses the job's clock alone, because this machine's may differ. */
  private static @Nullable Long left(RoundProgress said) {
    return said.closesAt()
        .map(closesAt -> Math.max(0, Duration.between(said.saidAt(), closesAt).toSeconds()))
        .orElse(null);
  }
}
