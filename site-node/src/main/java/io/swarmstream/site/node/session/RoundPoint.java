package io.swarmstream.site.node.session;

import io.swarmstream.site.RoundParticipant;
import io.swarmstream.site.RoundSummary;
import java.time.Duration;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * A round as a site has seen it.
 *
 * @param loss that this site told with its contribution; NaN: unknown
 * @param metric the same for the metric
 * @param meanLoss of all participants, by weight; NaN: unknown
 * @param meanMetric the same for the metric
 * @param sites whose contributions are in it
 * @param collecting from its opening to its closing, by the coordinator's clock
 * @param stages how long it took here; null: this node has not contributed to it since its start
 */
public record RoundPoint(
    long round,
    double loss,
    double metric,
    double meanLoss,
    double meanMetric,
    int sites,
    Duration collecting,
    @Nullable Stages stages) {

  /**
   * How long the stages of a round took at a site.
   *
   * @param training from the last merged model to the sync's arrival; null: there was none before
   * @param sending until Kafka had the contribution
   * @param waiting until the merged model was there
   */
  public record Stages(@Nullable Duration training, Duration sending, Duration waiting) {}

  static RoundPoint of(RoundSummary summary, String site) {
    double loss = Double.NaN;
    double metric = Double.NaN;
    for (RoundParticipant participant : summary.participants()) {
      if (participant.address().equals(site)) {
        loss = participant.report().loss();
        metric = participant.report().metric();
      }
    }
    return new RoundPoint(
        summary.round(),
        loss,
        metric,
        summary.meanLoss(),
        mean(summary, participant -> participant.report().metric()),
        summary.participants().size(),
        Duration.between(summary.openedAt(), summary.closedAt()),
        null);
  }

  private static double mean(RoundSummary summary, ToDoubleFunction<RoundParticipant> value) {
    double sum = 0;
    double weights = 0;
    for (RoundParticipant participant : summary.participants()) {
      double of = value.applyAsDouble(participant);
      if (Double.isFinite(of)) {
        sum += of * participant.report().weight();
        weights += participant.report().weight();
      }
    }
    return weights > 0 ? sum / weights : Double.NaN;
  }

  RoundPoint with(Stages took) {
    return new RoundPoint(round, loss, metric, meanLoss, meanMetric, sites, collecting, took);
  }
}
