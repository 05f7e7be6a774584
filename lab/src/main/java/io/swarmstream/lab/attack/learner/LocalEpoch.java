package io.swarmstream.lab.attack.learner;

import io.swarmstream.examples.digits.Samples;
import java.util.Arrays;
import java.util.SplittableRandom;

/** One site's share of a round: an epoch of gradient descent over its samples, in a new order. */
public final class LocalEpoch {
  public static final int BATCH = 16;
  public static final float LEARNING_RATE = 0.2f;

  private final Samples data;
  private final SplittableRandom random;
  private final int[] order;

  public LocalEpoch(Samples data, long seed) {
    this.data = data;
    this.random = new SplittableRandom(seed);
    this.order = new int[data.size()];
    Arrays.setAll(order, i -> i);
  }

  /** Trains from a model and returns the delta. */
  public float[] delta(OneLayerNet net, float[] model) {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swap = order[i];
      order[i] = order[j];
      order[j] = swap;
    }
    float[] weights = model.clone();
    for (int from = 0; from < order.length; from += BATCH) {
      int to = Math.min(order.length, from + BATCH);
      step(net, weights, data, Arrays.copyOfRange(order, from, to));
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] -= model[i];
    }
    return weights;
  }

  /** One step of gradient descent on a batch, in place. */
  public static void step(OneLayerNet net, float[] weights, Samples data, int[] batch) {
    float[] gradient = new float[weights.length];
    for (int sample : batch) {
      net.addGradient(weights, data, sample, gradient);
    }
    float rate = LEARNING_RATE / batch.length;
    for (int i = 0; i < weights.length; i++) {
      weights[i] -= rate * gradient[i];
    }
  }
}
