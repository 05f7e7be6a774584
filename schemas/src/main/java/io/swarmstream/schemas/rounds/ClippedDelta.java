package io.swarmstream.schemas.rounds;

import io.swarmstream.schemas.avro.Participant;
import io.swarmstream.schemas.avro.RoundRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A delta that exceeded its round's norm limit and was scaled down to it.
 *
 * @param site address of the site
 * @param name name of the site
 * @param norm length of the delta as sent
 * @param limit norm limit of the round
 */
public record ClippedDelta(String site, String name, double norm, double limit) {

  /** Returns the clipped deltas of a round, in the order of its participants. */
  public static List<ClippedDelta> in(RoundRecord record) {
    List<ClippedDelta> clipped = new ArrayList<>();
    List<Participant> participants = record.getParticipants();
    List<Double> norms = record.getNorms();
    // The record may come from an untrusted writer, with lists of different lengths.
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

  /** Returns the factor that scaled the delta. */
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
