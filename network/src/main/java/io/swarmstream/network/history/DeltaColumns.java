package io.swarmstream.network.history;

import io.swarmstream.schemas.avro.RoundRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a record says of its participants' deltas, by their place; null where it does not say. The
 * record may come from anybody, with lists of other lengths.
 */
final class DeltaColumns {
  private final RoundRecord record;
  private final List<Long> arrivals;
  private final long medianArrival;

  DeltaColumns(RoundRecord record) {
    this.record = record;
    // Nobody waits for anybody where one site makes a round.
    boolean isTold =
        record.getArrivedAtMs().size() == record.getParticipants().size()
            && record.getParticipants().size() > 1;
    arrivals = isTold ? record.getArrivedAtMs() : List.of();
    medianArrival = isTold ? arrivals.stream().sorted().toList().get((arrivals.size() - 1) / 2) : 0;
  }

  @Nullable Double norm(int place) {
    return number(record.getNorms(), place);
  }

  @Nullable Double cosine(int place) {
    return number(record.getCosines(), place);
  }

  @Nullable Long bytes(int place) {
    return place < record.getBytes().size() ? record.getBytes().get(place) : null;
  }

  /**
   * How long after the median contribution of its round this one arrived, milliseconds: 0 for those
   * that came before it.
   */
  @Nullable Long behindMs(int place) {
    return place < arrivals.size() ? Math.max(0, arrivals.get(place) - medianArrival) : null;
  }

  private static @Nullable Double number(List<Double> values, int place) {
    return place < values.size() ? RoundFigures.known(values.get(place)) : null;
  }

  /** Length of the merged delta. */
  @Nullable Double mergedNorm() {
    return record.getCosines().isEmpty() ? null : RoundFigures.known(record.getMergedNorm());
  }

  /** Of all contributions together. */
  @Nullable Long allBytes() {
    return record.getBytes().isEmpty()
        ? null
        : record.getBytes().stream().mapToLong(Long::longValue).sum();
  }

  /** Of the lengths of deltas; nothing of round 0, which merges whole models. */
  RoundFigures norms() {
    return figures(record.getNorms());
  }

  /** Of the cosines; nothing of round 0. */
  RoundFigures cosines() {
    return figures(record.getCosines());
  }

  private RoundFigures figures(List<Double> values) {
    return record.getRound() == 0
        ? RoundFigures.NONE
        : RoundFigures.byPlace(
            record.getParticipants(),
            place -> place < values.size() ? values.get(place) : Double.NaN);
  }
}
