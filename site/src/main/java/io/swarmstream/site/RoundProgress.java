package io.swarmstream.site;

import io.swarmstream.clients.kafka.log.NoticeText;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the open round waits for, as the job last said. For people and for waiting sites; no proof
 * rests on it.
 *
 * @param round number of the open round
 * @param contributed sites whose contribution is complete
 * @param minPeers contributions that the round needs
 * @param missing names of live sites that are not complete, at most 1,000 of them
 * @param missingCount how many live sites are not complete
 * @param absent names of enrolled sites that the round does not wait for, because they left or
 *     missed a round; at most 1,000 of them
 * @param closesAt when the grace period ends, by the job's clock; empty: fewer than {@code
 *     minPeers} sites are complete
 * @param saidAt when the job said so, by its clock
 */
@PublicApi
public record RoundProgress(
    long round,
    int contributed,
    int minPeers,
    List<String> missing,
    int missingCount,
    List<String> absent,
    Optional<Instant> closesAt,
    Instant saidAt) {

  public RoundProgress {
    missing = List.copyOf(missing);
    absent = List.copyOf(absent);
  }

  /** Whether the job knows the site of this name, and that it has not contributed yet. */
  public boolean names(String site) {
    return missing.contains(site) || absent.contains(site);
  }

  /** Such as {@code hospital-b; 1 more site is needed: start the trainer of hospital-c, …}. */
  public String waitsFor() {
    return NoticeText.waitsFor(contributed, minPeers, missing, missingCount, absent);
  }

  /** Such as {@code round 3 has 1 of at least 2 contributions; it waits for hospital-b}. */
  public String inWords() {
    return NoticeText.inWords(round, contributed, minPeers, missing, missingCount, absent);
  }
}
