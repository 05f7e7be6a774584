package io.swarmstream.site.training;

import io.swarmstream.site.PublicApi;
import java.util.Optional;

/**
 * How good the models of a round are on this site's own data.
 *
 * @param round number of the round
 * @param merged figures of the merged model
 * @param local figures of the local model that was contributed; empty: it was not evaluated
 */
@PublicApi
public record RoundEvaluation(long round, ModelFigures merged, Optional<ModelFigures> local) {
  @Override
  public String toString() {
    return "round "
        + round
        + ": on this site's data loss "
        + merged.loss()
        + ", metric "
        + merged.metric()
        + local.map(it -> " (local model: " + it.loss() + ", " + it.metric() + ")").orElse("");
  }
}
