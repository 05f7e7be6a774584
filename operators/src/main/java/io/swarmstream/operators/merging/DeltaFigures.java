package io.swarmstream.operators.merging;

import io.swarmstream.merge.Agreement;
import io.swarmstream.schemas.avro.RoundRecord;
import java.util.List;

/**
 * What a round record says of each participant's delta ({@link Agreement}) and of its size, in the
 * order of the participants. It describes the round and decides nothing in it.
 *
 * @param norms length of each delta that was merged; where it was scaled down, the record has the
 *     length from the {@link FirstPass}
 * @param cosines of each delta and the merged one; NaN where one of them has length 0
 * @param mergedNorm length of the merged delta
 * @param bytes of the payloads of each contribution
 */
public record DeltaFigures(
    List<Double> norms, List<Double> cosines, double mergedNorm, List<Long> bytes) {
  /**
   * Of a round of which a part is unknown, one that was closing when a job took over that is the
   * first to compute them; or of a round whose deltas nobody shall know.
   */
  public static final DeltaFigures UNKNOWN = new DeltaFigures(List.of(), List.of(), 0, List.of());

  public DeltaFigures {
    norms = List.copyOf(norms);
    cosines = List.copyOf(cosines);
    bytes = List.copyOf(bytes);
  }

  /** Whether a record has figures: not before version 4, and not of every round of an upgrade. */
  public static boolean areIn(RoundRecord record) {
    return !record.getBytes().isEmpty()
        || !record.getCosines().isEmpty()
        || record.getMergedNorm() != 0;
  }
}
