package io.swarmstream.lab.bench;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Comparator;
import java.util.List;

/**
 * How long Kafka alone takes to move a round's records.
 *
 * @param deltasMillis from all sites to the job
 * @param modelMillis from the job to all sites
 */
record RawRound(double deltasMillis, double modelMillis) {
  @JsonIgnore
  double millis() {
    return deltasMillis + modelMillis;
  }

  /** The median round of the second half; the first half warms up. */
  static RawRound typical(List<RawRound> rounds) {
    if (rounds.isEmpty()) {
      throw new IllegalStateException("no round of raw records came to its end");
    }
    List<RawRound> counted =
        rounds.subList(rounds.size() / 2, rounds.size()).stream()
            .sorted(Comparator.comparingDouble(RawRound::millis))
            .toList();
    return counted.get((counted.size() - 1) / 2);
  }
}
