package io.swarmstream.site.node.http;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.swarmstream.site.node.session.RoundPoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The rounds of a training for curves: one value of each list belongs to one round. */
record CurveView(
    @JsonPropertyDescription("The rounds, oldest first; of a long training not all.")
        List<Long> rounds,
    @JsonPropertyDescription("Loss that this site told with its contribution; null: unknown.")
        List<@Nullable Double> loss,
    @JsonPropertyDescription("Metric that this site told with its contribution.")
        List<@Nullable Double> metric,
    @JsonPropertyDescription("Mean loss of the round's participants, by weight.")
        List<@Nullable Double> meanLoss,
    @JsonPropertyDescription("Mean metric of the round's participants, by weight.")
        List<@Nullable Double> meanMetric,
    @JsonPropertyDescription("Number of sites whose contributions are in the round.")
        List<Integer> sites,
    @JsonPropertyDescription("Seconds that the round was open.")
        List<@Nullable Double> collectingSeconds,
    @JsonPropertyDescription(
            "Seconds from the last merged model to the sync; null: not by this process.")
        List<@Nullable Double> trainingSeconds,
    @JsonPropertyDescription("Seconds until Kafka had the contribution.")
        List<@Nullable Double> sendingSeconds,
    @JsonPropertyDescription("Seconds until the merged model was there.")
        List<@Nullable Double> waitingSeconds) {

  static CurveView of(List<RoundPoint> points) {
    return new CurveView(
        points.stream().map(RoundPoint::round).toList(),
        values(points, RoundPoint::loss),
        values(points, RoundPoint::metric),
        values(points, RoundPoint::meanLoss),
        values(points, RoundPoint::meanMetric),
        points.stream().map(RoundPoint::sites).toList(),
        values(points, point -> seconds(point.collecting())),
        values(points, point -> of(point, RoundPoint.Stages::training)),
        values(points, point -> of(point, RoundPoint.Stages::sending)),
        values(points, point -> of(point, RoundPoint.Stages::waiting)));
  }

  private static @Nullable Double of(
      RoundPoint point, Function<RoundPoint.Stages, @Nullable Duration> stage) {
    RoundPoint.Stages stages = point.stages();
    return stages == null ? null : seconds(stage.apply(stages));
  }

  private static @Nullable Double seconds(@Nullable Duration duration) {
    return duration == null ? null : duration.toMillis() / 1000.0;
  }

  private static List<@Nullable Double> values(
      List<RoundPoint> points, Function<RoundPoint, @Nullable Double> value) {
    List<@Nullable Double> values = new ArrayList<>(points.size());
    for (RoundPoint point : points) {
      Double of = value.apply(point);
      values.add(of != null && Double.isFinite(of) ? of : null);
    }
    return values;
  }
}
