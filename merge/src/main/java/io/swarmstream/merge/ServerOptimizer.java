package io.swarmstream.merge;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns the merged delta of a round into the step that is added to the model, as an optimizer of
 * the server in federated optimization (Reddi et al., Adaptive Federated Optimization, ICLR 2021).
 *
 * <p>Each coordinate depends on that coordinate only, so it runs chunk by chunk, as the {@link
 * CoordinateMerge}s do. Its memory of earlier rounds is its state: one or two float32 vectors as
 * long as the model. Computes in float64, in a fixed order, with operations that IEEE 754 rounds in
 * one way only; rounds once for each vector. Values beyond float32 become the largest that it has.
 *
 * <p>Implementations are stateless and safe for concurrent use.
 */
public sealed interface ServerOptimizer permits ServerMomentum, AdaptiveOptimizer {

  /** Returns the number of vectors that the state has. */
  int vectors();

  /** Returns what each value of a vector is before the first round. */
  float initial(int vector);

  /**
   * Updates the state by a round's merged delta.
   *
   * @param delta one chunk, finite; left as it is
   * @param state the same chunk of each vector, each as long as the delta
   */
  void advance(float[] delta, float[][] state);

  /**
   * Computes the step of a round from the updated state.
   *
   * @param delta the round's merged delta, one chunk; left as it is
   * @param state what {@link #advance} made of the state; left as it is
   * @return the step, of the delta's length
   */
  float[] step(float[] delta, float[][] state);

  /** Returns the state before the first round, of a chunk of that many values. */
  default float[][] begin(int values) {
    float[][] state = new float[vectors()][values];
    for (int vector = 0; vector < state.length; vector++) {
      Arrays.fill(state[vector], initial(vector));
    }
    return state;
  }

  /**
   * Returns an optimizer.
   *
   * @param name {@code momentum}, {@code nesterov}, {@code adagrad}, {@code adam} or {@code yogi}
   * @param parameters by name: {@code lr} of all; {@code momentum} of the first two; {@code tau} of
   *     the others, and {@code beta1} and {@code beta2} of {@code adam} and {@code yogi}
   * @throws IllegalArgumentException if there is no such optimizer, or a parameter is missing
   */
  static ServerOptimizer of(String name, Map<String, Double> parameters) {
    Parameters given = new Parameters(name, parameters);
    return switch (name) {
      case "momentum" -> new ServerMomentum(given.of("lr"), given.of("momentum"), false);
      case "nesterov" -> new ServerMomentum(given.of("lr"), given.of("momentum"), true);
      case "adagrad" ->
          new AdaptiveOptimizer(
              AdaptiveOptimizer.Rule.ADAGRAD, given.of("lr"), 0, 0, given.of("tau"));
      case "adam" -> given.adaptive(AdaptiveOptimizer.Rule.ADAM);
      case "yogi" -> given.adaptive(AdaptiveOptimizer.Rule.YOGI);
      default ->
          throw new IllegalArgumentException(
              "there is no optimizer '%s'; use one of %s".formatted(name, NAMES));
    };
  }

  /** The names of all optimizers. */
  List<String> NAMES = List.of("momentum", "nesterov", "adagrad", "adam", "yogi");

  /** The parameters of one optimizer, each of which has to be there. */
  record Parameters(String name, Map<String, Double> values) {
    double of(String parameter) {
      @Nullable Double value = values.get(parameter);
      if (value == null) {
        throw new IllegalArgumentException(
            "optimizer '%s' needs the parameter '%s'".formatted(name, parameter));
      }
      return value;
    }

    AdaptiveOptimizer adaptive(AdaptiveOptimizer.Rule rule) {
      return new AdaptiveOptimizer(rule, of("lr"), of("beta1"), of("beta2"), of("tau"));
    }
  }
}
