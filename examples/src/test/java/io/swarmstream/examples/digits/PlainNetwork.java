package io.swarmstream.examples.digits;

import java.util.List;

/**
 * One step of gradient descent with Nesterov's momentum on a network with one hidden layer, in
 * loops and float64.
 */
final class PlainNetwork {
  private final int in;
  private final int hidden;
  private final int out;
  private final double[] weights;
  private final double[] velocity;

  PlainNetwork(List<Integer> sizes, float[] flat) {
    in = sizes.get(0);
    hidden = sizes.get(1);
    out = sizes.get(2);
    weights = new double[flat.length];
    for (int i = 0; i < flat.length; i++) {
      weights[i] = flat[i];
    }
    velocity = new double[flat.length];
  }

  double[] weights() {
    return weights.clone();
  }

  void step(Samples data, int[] batch, double learningRate, double momentum) {
    double[] gradient = new double[weights.length];
    for (int sample : batch) {
      addGradient(data, sample, gradient);
    }
    for (int i = 0; i < weights.length; i++) {
      double before = velocity[i];
      velocity[i] = momentum * before - learningRate * gradient[i] / batch.length;
      weights[i] += (1 + momentum) * velocity[i] - momentum * before;
    }
  }

  private void addGradient(Samples data, int sample, double[] gradient) {
    float[] x = new float[in];
    data.copyFeatures(sample, x, 0);
    int bias1 = hidden * in;
    int weight2 = bias1 + hidden;
    int bias2 = weight2 + out * hidden;

    double[] h = new double[hidden];
    for (int j = 0; j < hidden; j++) {
      h[j] = weights[bias1 + j];
      for (int i = 0; i < in; i++) {
        h[j] += weights[j * in + i] * x[i];
      }
      h[j] = Math.max(0, h[j]);
    }
    double[] p = new double[out];
    double total = 0;
    for (int k = 0; k < out; k++) {
      double z = weights[bias2 + k];
      for (int j = 0; j < hidden; j++) {
        z += weights[weight2 + k * hidden + j] * h[j];
      }
      p[k] = Math.exp(z);
      total += p[k];
    }
    double[] back = new double[hidden];
    for (int k = 0; k < out; k++) {
      double error = p[k] / total - (k == data.label(sample) ? 1 : 0);
      gradient[bias2 + k] += error;
      for (int j = 0; j < hidden; j++) {
        gradient[weight2 + k * hidden + j] += error * h[j];
        back[j] += error * weights[weight2 + k * hidden + j];
      }
    }
    for (int j = 0; j < hidden; j++) {
      if (h[j] > 0) {
        gradient[bias1 + j] += back[j];
        for (int i = 0; i < in; i++) {
          gradient[j * in + i] += back[j] * x[i];
        }
      }
    }
  }
}
