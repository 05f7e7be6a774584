package io.swarmstream.examples.digits;

import java.util.List;

/**
 * What a site chooses about its training; every site of a swarm uses the same {@code hiddenSizes},
 * as they fix the model's layout.
 *
 * @param hiddenSizes units of each hidden layer, first to last
 * @param batchSize samples of a mini-batch
 * @param learningRate step of gradient descent
 * @param momentum share of the previous step that is kept (Nesterov); 0 is plain gradient descent
 */
public record TrainerOptions(
    List<Integer> hiddenSizes, int batchSize, double learningRate, double momentum) {
  public TrainerOptions {
    hiddenSizes = List.copyOf(hiddenSizes);
    require(
        hiddenSizes.stream().allMatch(size -> size > 0), "hiddenSizes", hiddenSizes, "at least 1");
    require(batchSize > 0, "batchSize", batchSize, "at least 1");
    require(learningRate > 0, "learningRate", learningRate, "greater than 0");
    require(momentum >= 0 && momentum < 1, "momentum", momentum, "0 (inclusive) to 1 (exclusive)");
  }

  private static void require(boolean holds, String option, Object value, String range) {
    if (!holds) {
      throw new IllegalArgumentException("%s must be %s, got %s".formatted(option, range, value));
    }
  }
}
