package io.swarmstream.site.training;

import io.swarmstream.site.PublicApi;
import io.swarmstream.site.RoundSummary;
import io.swarmstream.site.TrainingReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Evaluates a site's models on its own data, before and after each merge, and can keep the best
 * merged one in a file. Only the two numbers of merged models go to the swarm, in the site's next
 * report; what is found of local models stays at the site.
 *
 * <pre>{@code
 * evaluator.beforeMerge(model); // may be left out
 * Merged merged = site.sync(shared.take(model), evaluator.addTo(report), deadline);
 * shared.put(merged.weights(), model);
 * evaluator.afterMerge(merged.summary(), model);
 * }</pre>
 */
@PublicApi
public final class Evaluator {
  private static final Logger LOG = LoggerFactory.getLogger(Evaluator.class);

  private final Evaluation evaluation;
  private final @Nullable BestModelFile best;
  private final List<RoundEvaluation> evaluations = new ArrayList<>();
  private @Nullable ModelFigures local;
  private boolean isTelling;

  private Evaluator(Evaluation evaluation, @Nullable BestModelFile best) {
    this.evaluation = evaluation;
    this.best = best;
  }

  /** Evaluates a model on the site's own data. */
  @PublicApi
  @FunctionalInterface
  public interface Evaluation {
    /**
     * Finds out how good a model is.
     *
     * @param model with all its tensors, those that stay local included; not to be changed
     */
    ModelFigures of(NamedTensors model);
  }

  /** An evaluator that keeps no model. */
  public static Evaluator of(Evaluation evaluation) {
    return new Evaluator(evaluation, null);
  }

  /** An evaluator that keeps the best merged model in a file. */
  public static Evaluator keepingBest(Evaluation evaluation, BestModelFile file) {
    return new Evaluator(evaluation, file);
  }

  /** Evaluates the local model, before it is contributed. */
  public ModelFigures beforeMerge(NamedTensors model) {
    ModelFigures found = evaluation.of(model);
    local = found;
    return found;
  }

  /**
   * Evaluates the merged model, and keeps it if it is the best.
   *
   * @param merged the round that merged it
   * @param model with the merged tensors, and the site's own
   * @throws java.io.UncheckedIOException when it is the best and cannot be written
   * @throws IllegalArgumentException when it is the best and a value is not finite
   */
  public RoundEvaluation afterMerge(RoundSummary merged, NamedTensors model) {
    ModelFigures found = evaluation.of(model);
    RoundEvaluation evaluated =
        new RoundEvaluation(merged.round(), found, Optional.ofNullable(local));
    local = null;
    evaluations.add(evaluated);
    isTelling |= !Double.isNaN(found.loss()) || !Double.isNaN(found.metric());
    LOG.info("{}", evaluated);
    if (best != null) {
      var unused = best.consider(merged, found, model);
    }
    return evaluated;
  }

  /**
   * Returns a report with the last merged model's loss and metric in place of those of the
   * training; the same report as long as none has been found.
   */
  public TrainingReport addTo(TrainingReport report) {
    if (!isTelling) {
      return report;
    }
    ModelFigures last = evaluations.get(evaluations.size() - 1).merged();
    return report.withLoss(last.loss()).withMetric(last.metric());
  }

  /** What was found in each round, in order. */
  public List<RoundEvaluation> evaluations() {
    return List.copyOf(evaluations);
  }
}
