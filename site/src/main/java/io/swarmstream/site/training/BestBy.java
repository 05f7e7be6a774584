package io.swarmstream.site.training;

import io.swarmstream.site.PublicApi;

/** By what models are compared. */
@PublicApi
public enum BestBy {
  /** The lowest loss is best. */
  LOSS {
    @Override
    double score(ModelFigures figures) {
      return figures.loss();
    }
  },
  /** The greatest metric is best. */
  METRIC {
    @Override
    double score(ModelFigures figures) {
      return -figures.metric();
    }
  };

  /** The lower, the better. */
  abstract double score(ModelFigures figures);
}
