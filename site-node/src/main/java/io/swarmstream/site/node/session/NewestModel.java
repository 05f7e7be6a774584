package io.swarmstream.site.node.session;

import io.swarmstream.site.Merged;
import java.util.Optional;

/**
 * What people are shown of the newest model.
 *
 * @param round -1: there is no model
 * @param meanLoss of the round's participants; NaN: unknown
 */
public record NewestModel(long round, double meanLoss) {
  static final NewestModel NONE = new NewestModel(-1, Double.NaN);

  static NewestModel of(Optional<Merged> newest) {
    return newest
        .map(model -> new NewestModel(model.round(), model.summary().meanLoss()))
        .orElse(NONE);
  }
}
