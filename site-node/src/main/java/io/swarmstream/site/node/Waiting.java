package io.swarmstream.site.node;

import io.swarmstream.site.RoundProgress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the open round waits for, as the job last said.
 *
 * @param missing names of live sites that have not contributed
 * @param forWhom who is waited for in words: always who, or how many more and how they join
 * @param closesInSeconds left of the grace period; null: fewer than minPeers have contributed
 */
public record Waiting(
    List<String> missing,
    int contributed,
    int minPeers,
    String forWhom,
    @Nullable Long closesInSeconds) {

  static Waiting of(Session session, long round) {
    return of(
        session.notice().filter(said -> round < 0 || said.round() == round),
        session.site().terms().minPeers());
  }

  static Waiting of(Optional<RoundProgress> notice, int minPeers) {
    if (notice.isEmpty()) {
      return new Waiting(
          List.of(), 0, minPeers, "the job, which has said nothing of the round yet", null);
    }
    RoundProgress said = notice.get();
    return new Waiting(
        said.missing(), said.contributed(), said.minPeers(), said.waitsFor(), left(said));
  }

  /** By the job's clock alone, from which this machine's may differ; it tells every few seconds. */
  private static @Nullable Long left(RoundProgress said) {
    return said.closesAt()
        .map(closesAt -> Math.max(0, Duration.between(said.saidAt(), closesAt).toSeconds()))
        .orElse(null);
  }
}
