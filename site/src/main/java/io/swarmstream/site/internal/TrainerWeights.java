package io.swarmstream.site.internal;

import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.layout.FlatVector;

/** The weights that a trainer hands over in memory. */
public final class TrainerWeights {
  private TrainerWeights() {}

  /**
   * Checks that they are a whole model.
   *
   * @throws IllegalArgumentException if there are too many or too few
   */
  public static FlatVector of(float[] weights, ContractTerms terms) {
    if (weights.length != terms.trainedParameters()) {
      throw new IllegalArgumentException(
          "got "
              + weights.length
              + " weights, contract "
              + terms.contract()
              + " has "
              + terms.trainedParameters()
              + " parameters; train a model of the contract's layout");
    }
    return FlatVector.of(weights);
  }
}
