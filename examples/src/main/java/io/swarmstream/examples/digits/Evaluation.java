package io.swarmstream.examples.digits;

/**
 * How well weights do on a set of samples.
 *
 * @param accuracy share of samples whose most probable class is their label, 0 to 1
 * @param loss mean cross entropy in nats
 */
public record Evaluation(double accuracy, double loss) {
  /** Keeps the loss finite when a network is wrong beyond the precision of a float. */
  private static final double LEAST_PROBABILITY = 1e-12;

  /**
   * Compares predictions with labels.
   *
   * @param probabilities row-major, one row per sample and one column per class
   */
  static Evaluation of(float[] probabilities, Samples samples) {
    int right = 0;
    double loss = 0;
    for (int i = 0; i < samples.size(); i++) {
      int label = samples.label(i);
      int row = i * samples.classes();
      if (mostProbable(probabilities, row, samples.classes()) == label) {
        right++;
      }
      loss -= Math.log(Math.max(probabilities[row + label], LEAST_PROBABILITY));
    }
    return new Evaluation((double) right / samples.size(), loss / samples.size());
  }

  private static int mostProbable(float[] probabilities, int row, int classes) {
    int best = 0;
    for (int i = 1; i < classes; i++) {
      if (probabilities[row + i] > probabilities[row + best]) {
        best = i;
      }
    }
    return best;
  }
}
