package io.swarmstream.network.history;

import io.swarmstream.schemas.avro.Participant;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What the participants of a round reported of one thing, in three numbers; all null where nobody
 * reported it.
 *
 * @param mean by weight; null also where no weight counts
 */
record RoundFigures(@Nullable Double mean, @Nullable Double min, @Nullable Double max) {
  static final RoundFigures NONE = new RoundFigures(null, null, null);

  static RoundFigures of(List<Participant> participants, ToDoubleFunction<Participant> reported) {
    return byPlace(participants, place -> reported.applyAsDouble(participants.get(place)));
  }

  /**
   * Of values by the place of their participant.
   *
   * @param reported NaN where nothing was
   */
  static RoundFigures byPlace(List<Participant> participants, IntToDoubleFunction reported) {
    double sum = 0;
    double weights = 0;
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (int place = 0; place < participants.size(); place++) {
      double value = reported.applyAsDouble(place);
      if (Double.isFinite(value)) {
        int weight = participants.get(place).getHeader().getWeight();
        sum += weight * value;
        weights += weight;
        min = Math.min(min, value);
        max = Math.max(max, value);
      }
    }
    return new RoundFigures(
        weights > 0 ? known(sum / weights) : null, min > max ? null : min, min > max ? null : max);
  }

  static @Nullable Double known(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
