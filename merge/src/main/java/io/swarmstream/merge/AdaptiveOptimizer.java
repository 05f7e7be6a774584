package io.swarmstream.merge;

/**
 * The adaptive optimizers of Reddi et al., Algorithm 2. With the merged delta d:
 *
 * <pre>
 * m = beta1 * m + (1 - beta1) * d
 * adagrad: v = v + d²
 * adam:    v = beta2 * v + (1 - beta2) * d²
 * yogi:    v = v - (1 - beta2) * d² * sign(v - d²)
 * step = lr * m / (sqrt(v) + tau)
 * </pre>
 *
 * <p>v begins at tau², as the paper's does, and there is no correction of its bias. Adagrad has no
 * m: its beta1 is 0, so m is d, and v is its only vector.
 */
record AdaptiveOptimizer(Rule rule, double rate, double beta1, double beta2, double tau)
    implements ServerOptimizer {

  /** How the squares of the deltas are remembered. */
  enum Rule {
    ADAGRAD,
    ADAM,
    YOGI
  }

  @Override
  public int vectors() {
    return rule == Rule.ADAGRAD ? 1 : 2;
  }

  @Override
  public float initial(int vector) {
    return vector == vectors() - 1 ? (float) (tau * tau) : 0;
  }

  @Override
  public void advance(float[] delta, float[][] state) {
    if (rule != Rule.ADAGRAD) {
      float[] m = state[0];
      double share = 1 - beta1;
      for (int i = 0; i < m.length; i++) {
        m[i] = Bounded.float32(beta1 * m[i] + share * delta[i]);
      }
    }
    float[] v = state[vectors() - 1];
    for (int i = 0; i < v.length; i++) {
      v[i] = Bounded.float32(squares(v[i], (double) delta[i] * delta[i]));
    }
  }

  private double squares(double v, double square) {
    return switch (rule) {
      case ADAGRAD -> v + square;
      case ADAM -> beta2 * v + (1 - beta2) * square;
      case YOGI -> v - (1 - beta2) * square * Math.signum(v - square);
    };
  }

  @Override
  public float[] step(float[] delta, float[][] state) {
    float[] m = rule == Rule.ADAGRAD ? delta : state[0];
    float[] v = state[vectors() - 1];
    float[] step = new float[m.length];
    for (int i = 0; i < m.length; i++) {
      // IEEE 754 rounds a square root in one way, so Math.sqrt has the same bits everywhere.
      step[i] = Bounded.float32(rate * (m[i] / (Math.sqrt(v[i]) + tau)));
    }
    return step;
  }
}
