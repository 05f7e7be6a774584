package io.swarmstream.merge;

/**
 * Momentum, and Nesterov's: with the merged delta d, {@code m = momentum * m + d}; the step is
 * {@code lr * m}, or {@code lr * (d + momentum * m)}.
 *
 * <p>These are the rules of PyTorch's SGD. The first is the server of FedAvgM, the second the outer
 * optimizer of DiLoCo (Douillard et al., 2023).
 */
record ServerMomentum(double rate, double momentum, boolean nesterov) implements ServerOptimizer {

  @Override
  public int vectors() {
    return 1;
  }

  @Override
  public float initial(int vector) {
    return 0;
  }

  @Override
  public void advance(float[] delta, float[][] state) {
    float[] m = state[0];
    for (int i = 0; i < m.length; i++) {
      m[i] = Bounded.float32(momentum * m[i] + delta[i]);
    }
  }

  @Override
  public float[] step(float[] delta, float[][] state) {
    float[] m = state[0];
    float[] step = new float[m.length];
    for (int i = 0; i < m.length; i++) {
      double direction = nesterov ? delta[i] + momentum * m[i] : m[i];
      step[i] = Bounded.float32(rate * direction);
    }
    return step;
  }
}
