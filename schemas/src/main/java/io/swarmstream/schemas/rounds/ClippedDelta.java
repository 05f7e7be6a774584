package io.swarmstream.schemas.rounds;

import io.swarmstream.schemas.avro.Participant;
import io.swarmstream.schemas.avro.RoundRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A delta that was longer than its round allowed, and was scaled down to what it did allow.
 *
 * @param site address
 * @param name of the site
 * @param norm length of the delta as it was sent
 * @param limit of the round
 */
public record ClippedDelta(String site, String name, double norm, double limit) {

  /** Those of a round, in the order of its participants. */
  public static List<ClippedDelta> in(RoundRecord record) {
    List<ClippedDelta> clipped = new ArrayList<>();
    List<Participant> participants = record.getParticipants();
    List<Double> norms = record.getNorms();
    // A record may be a stranger's.
    for (int i = 0; i < Math.min(norms.size(), participants.size()); i++) {
      Participant in = participants.get(i);
      boolean counts = in.getHeader().getWeight() > 0;
      if (counts && record.getNormLimit() > 0 && norms.get(i) > record.getNormLimit()) {
        clipped.add(
            new ClippedDelta(in.getSite(), in.getName(), norms.get(i), record.getNormLimit()));
      }
    }
    return clipped;
  }

  /** What it was multiplied with. */
  public double factor() {
    return limit / norm;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "the delta of %s has norm %.6g, the round's limit is %.6g: it was scaled by %.3g",
        name,
        norm,
        limit,
        factor());
  }
}
