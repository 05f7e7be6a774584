package io.swarmstream.site.training;

import io.swarmstream.schemas.layout.TensorShape;
import io.swarmstream.site.PublicApi;

/**
 * The proximal term of FedProx (Li et al., MLSys 2020), which keeps sites with different data from
 * drifting apart between two merges: {@code mu / 2} times the squared distance of the local weights
 * from the newest merged ones, added to the loss. Its gradient is {@code mu * (weights - merged)}.
 *
 * @param mu how strongly it pulls; 0: not at all
 */
@PublicApi
public record ProximalTerm(double mu) {
  /**
   * A term.
   *
   * @throws IllegalArgumentException when {@code mu} is negative or not finite
   */
  public ProximalTerm {
    if (!(mu >= 0) || Double.isInfinite(mu)) {
      throw new IllegalArgumentException("mu is " + mu + "; give a number of at least 0");
    }
  }

  /**
   * What the term adds to the loss.
   *
   * @param weights local ones, in the order of the contract's layout
   * @param merged the weights of the newest merged model
   * @throws IllegalArgumentException when the vectors differ in length
   */
  public double of(float[] weights, float[] merged) {
    requireSame(weights.length, merged.length);
    double squares = 0;
    for (int i = 0; i < weights.length; i++) {
      double distance = (double) weights[i] - merged[i];
      squares += distance * distance;
    }
    return mu / 2 * squares;
  }

  /**
   * Adds the term's gradient.
   *
   * @param gradient of the loss; changed
   * @param weights local ones, in the same order
   * @param merged the weights of the newest merged model
   * @throws IllegalArgumentException when the vectors differ in length
   */
  public void addTo(float[] gradient, float[] weights, float[] merged) {
    requireSame(gradient.length, weights.length);
    requireSame(weights.length, merged.length);
    add(gradient, weights, merged, 0);
  }

  /**
   * Adds the term's gradient to that of a model of which a part is shared. The term counts no
   * tensor that stays local.
   *
   * @param gradient of the loss, with the shared tensors at least; changed
   * @param model the local weights
   * @param merged the weights of the newest merged model: the shared tensors in their order
   * @throws IllegalArgumentException when a tensor is missing, or the sizes differ
   */
  public void addTo(
      NamedTensors gradient, NamedTensors model, SharedTensors shared, float[] merged) {
    NamedTensors.requireLength(shared.layout(), merged);
    int at = 0;
    for (TensorShape tensor : shared.layout().tensors()) {
      float[] weights = model.values(tensor.name());
      float[] slope = gradient.values(tensor.name());
      requireSame(slope.length, weights.length);
      requireSame(weights.length, Math.toIntExact(tensor.size()));
      add(slope, weights, merged, at);
      at += weights.length;
    }
  }

  private void add(float[] gradient, float[] weights, float[] merged, int from) {
    for (int i = 0; i < weights.length; i++) {
      gradient[i] += (float) (mu * ((double) weights[i] - merged[from + i]));
    }
  }

  private static void requireSame(int one, int other) {
    if (one != other) {
      throw new IllegalArgumentException(
          "the vectors have " + one + " and " + other + " values; give vectors of the same model");
    }
  }
}
