package io.swarmstream.site;

import io.swarmstream.schemas.rounds.CheckIn;
import java.util.Optional;

/**
 * What a site tells the others about a contribution: how much it should count, and how its training
 * goes. Immutable; each {@code with} method returns a changed copy.
 *
 * <pre>{@code
 * TrainingReport.ofLoss(0.31).withSamples(357)
 * }</pre>
 *
 * @param weight how much the site asks to count in the merge, from 0 (takes part without counting)
 *     to the weight that it is enrolled with
 * @param samples training samples seen since the last merged model; 0: unknown
 * @param loss mean training loss since the last merged model, or that model's loss on the site's
 *     validation data; NaN: unknown
 * @param metric the last merged model's metric on the site's validation data; NaN: unknown
 * @param epochsDone passes over the site's data so far; fractions count
 * @param epochsTotal passes planned; 0: unknown
 * @param checkIn why the site contributes; empty only in a round's summary, for a reason that this
 *     version does not know
 */
@PublicApi
public record TrainingReport(
    int weight,
    long samples,
    double loss,
    double metric,
    double epochsDone,
    double epochsTotal,
    Optional<CheckIn> checkIn) {
  private static final TrainingReport EMPTY =
      new TrainingReport(1, 0, Double.NaN, Double.NaN, 0, 0, Optional.of(CheckIn.TRAINING));

  /** Weight 1, of a site that trains; everything else is unknown. */
  public static TrainingReport empty() {
    return EMPTY;
  }

  /**
   * Weight 1, of a site that trains, with its mean training loss; everything else is unknown.
   *
   * @param loss NaN: unknown
   */
  public static TrainingReport ofLoss(double loss) {
    return EMPTY.withLoss(loss);
  }

  /**
   * How much the site asks to count.
   *
   * @throws IllegalArgumentException when it is negative
   */
  public TrainingReport withWeight(int newWeight) {
    if (newWeight < 0) {
      throw new IllegalArgumentException("weight is " + newWeight + "; give at least 0");
    }
    return new TrainingReport(newWeight, samples, loss, metric, epochsDone, epochsTotal, checkIn);
  }

  /**
   * Training samples seen since the last merged model.
   *
   * @throws IllegalArgumentException when the number is negative
   */
  public TrainingReport withSamples(long newSamples) {
    if (newSamples < 0) {
      throw new IllegalArgumentException("samples is " + newSamples + "; give at least 0");
    }
    return new TrainingReport(weight, newSamples, loss, metric, epochsDone, epochsTotal, checkIn);
  }

  /** The loss; NaN: unknown. */
  public TrainingReport withLoss(double newLoss) {
    return new TrainingReport(weight, samples, newLoss, metric, epochsDone, epochsTotal, checkIn);
  }

  /** The last merged model's metric on the site's validation data; NaN: unknown. */
  public TrainingReport withMetric(double newMetric) {
    return new TrainingReport(weight, samples, loss, newMetric, epochsDone, epochsTotal, checkIn);
  }

  /**
   * Passes over the site's data.
   *
   * @param done so far; fractions count
   * @param total planned; 0: unknown
   */
  public TrainingReport withEpochs(double done, double total) {
    return new TrainingReport(weight, samples, loss, metric, done, total, checkIn);
  }

  /** Why the site contributes: it trains, or it has finished while others train on. */
  public TrainingReport withCheckIn(CheckIn newCheckIn) {
    return new TrainingReport(
        weight, samples, loss, metric, epochsDone, epochsTotal, Optional.of(newCheckIn));
  }
}
