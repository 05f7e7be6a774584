package io.swarmstream.testkit.misfortune;

import io.swarmstream.schemas.Optimizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The definition of the optimizers, one value at a time, beside which the job's is compared. */
final class ReferenceOptimizer {
  private final String name;
  private final Map<String, Double> parameters;

  /** The vectors of the state: m, but for adagrad, then v, of the adaptive ones. */
  private final List<float[]> state = new ArrayList<>();

  ReferenceOptimizer(Optimizer optimizer, int parameterCount) {
    this.name = optimizer.name();
    this.parameters = optimizer.parameters();
    if (!name.equals("adagrad")) {
      state.add(new float[parameterCount]);
    }
    if (isAdaptive()) {
      float[] squares = new float[parameterCount];
      Arrays.fill(squares, (float) (of("tau") * of("tau")));
      state.add(squares);
    }
  }

  private boolean isAdaptive() {
    return parameters.containsKey("tau");
  }

  private double of(String parameter) {
    return parameters.getOrDefault(parameter, 0.0);
  }

  /** Updates the state by a merged delta and returns the step. */
  float[] step(float[] delta) {
    float[] step = new float[delta.length];
    for (int i = 0; i < delta.length; i++) {
      step[i] = (float) (of("lr") * (isAdaptive() ? adaptive(delta[i], i) : momentum(delta[i], i)));
    }
    return step;
  }

  private double momentum(double delta, int i) {
    float[] m = state.get(0);
    m[i] = (float) (of("momentum") * m[i] + delta);
    return name.equals("nesterov") ? delta + of("momentum") * m[i] : m[i];
  }

  private double adaptive(double delta, int i) {
    float[] m = state.get(0);
    double beta1 = of("beta1");
    double direction = delta;
    if (!name.equals("adagrad")) {
      m[i] = (float) (beta1 * m[i] + (1 - beta1) * delta);
      direction = m[i];
    }
    float[] v = state.get(state.size() - 1);
    double square = delta * delta;
    double beta2 = of("beta2");
    double next =
        switch (name) {
          case "adagrad" -> v[i] + square;
          case "adam" -> beta2 * v[i] + (1 - beta2) * square;
          default -> v[i] - (1 - beta2) * square * Math.signum(v[i] - square);
        };
    v[i] = (float) next;
    return direction / (Math.sqrt(v[i]) + of("tau"));
  }

  /** The state, vector behind vector. */
  float[] state() {
    int length = state.get(0).length;
    float[] all = new float[length * state.size()];
    for (int vector = 0; vector < state.size(); vector++) {
      System.arraycopy(state.get(vector), 0, all, vector * length, length);
    }
    return all;
  }
}
