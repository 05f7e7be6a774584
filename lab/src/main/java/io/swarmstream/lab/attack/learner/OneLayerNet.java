package io.swarmstream.lab.attack.learner;

import io.swarmstream.examples.digits.Samples;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A network with one rectified hidden layer and a softmax, in plain loops.
 *
 * <p>Its weights are one flat vector: the hidden layer's weights of shape (width, hidden), its
 * biases, the output's weights of shape (hidden, classes), its biases. Inputs come first, so the
 * inner loops run over units, and a dark pixel costs nothing. An object has working memory: use it
 * on one thread.
 */
public final class OneLayerNet {
  private final int width;
  private final int hidden;
  private final int classes;
  private final float[] features;
  private final float[] units;
  private final float[] probabilities;
  private final float[] unitErrors;

  public OneLayerNet(int width, int hidden, int classes) {
    this.width = width;
    this.hidden = hidden;
    this.classes = classes;
    this.features = new float[width];
    this.units = new float[hidden];
    this.probabilities = new float[classes];
    this.unitErrors = new float[hidden];
  }

  /** Length of the vector of weights. */
  public int parameters() {
    return outputBiases() + classes;
  }

  /** Number of hidden units. */
  public int hidden() {
    return hidden;
  }

  /** Where the hidden layer's biases begin; its weights are before them. */
  public int hiddenBiases() {
    return width * hidden;
  }

  private int outputWeights() {
    return hiddenBiases() + hidden;
  }

  /** Where the output's biases begin, which are the last of the weights. */
  public int outputBiases() {
    return outputWeights() + hidden * classes;
  }

  /** Initial weights: uniform with Glorot's bound, biases zero. */
  public float[] initialWeights(long seed) {
    float[] weights = new float[parameters()];
    SplittableRandom random = new SplittableRandom(seed);
    fill(weights, 0, width, hidden, random);
    fill(weights, outputWeights(), hidden, classes, random);
    return weights;
  }

  private static void fill(float[] weights, int from, int in, int out, SplittableRandom random) {
    double bound = Math.sqrt(6.0 / (in + out));
    for (int i = 0; i < in * out; i++) {
      weights[from + i] = (float) ((2 * random.nextDouble() - 1) * bound);
    }
  }

  /** Adds the gradient of a sample's cross entropy to {@code gradient}. */
  public void addGradient(float[] weights, Samples data, int sample, float[] gradient) {
    forward(weights, data, sample);
    probabilities[data.label(sample)] -= 1; // now the errors of the outputs
    Arrays.fill(unitErrors, 0);
    for (int h = 0; h < hidden; h++) {
      if (units[h] > 0) {
        int row = outputWeights() + h * classes;
        float error = 0;
        for (int c = 0; c < classes; c++) {
          error += weights[row + c] * probabilities[c];
          gradient[row + c] += units[h] * probabilities[c];
        }
        unitErrors[h] = error;
      }
    }
    addTo(gradient, outputBiases(), probabilities, 1);
    addTo(gradient, hiddenBiases(), unitErrors, 1);
    for (int i = 0; i < width; i++) {
      if (features[i] != 0) {
        addTo(gradient, i * hidden, unitErrors, features[i]);
      }
    }
  }

  /** Cross entropy of a sample, in nats. */
  public double loss(float[] weights, Samples data, int sample) {
    forward(weights, data, sample);
    return -Math.log(Math.max(probabilities[data.label(sample)], 1e-12));
  }

  /** The most probable class of a sample. */
  public int predict(float[] weights, Samples data, int sample) {
    forward(weights, data, sample);
    int best = 0;
    for (int c = 1; c < classes; c++) {
      if (probabilities[c] > probabilities[best]) {
        best = c;
      }
    }
    return best;
  }

  /** Share of samples whose most probable class is their label. */
  public double accuracy(float[] weights, Samples data) {
    int right = 0;
    for (int sample = 0; sample < data.size(); sample++) {
      right += predict(weights, data, sample) == data.label(sample) ? 1 : 0;
    }
    return (double) right / data.size();
  }

  private void forward(float[] weights, Samples data, int sample) {
    data.copyFeatures(sample, features, 0);
    System.arraycopy(weights, hiddenBiases(), units, 0, hidden);
    for (int i = 0; i < width; i++) {
      if (features[i] != 0) {
        addRow(units, weights, i * hidden, features[i]);
      }
    }
    System.arraycopy(weights, outputBiases(), probabilities, 0, classes);
    for (int h = 0; h < hidden; h++) {
      units[h] = Math.max(0, units[h]);
      if (units[h] > 0) {
        addRow(probabilities, weights, outputWeights() + h * classes, units[h]);
      }
    }
    softmax(probabilities);
  }

  private static void softmax(float[] values) {
    float largest = Float.NEGATIVE_INFINITY;
    for (float value : values) {
      largest = Math.max(largest, value);
    }
    float sum = 0;
    for (int c = 0; c < values.length; c++) {
      values[c] = (float) Math.exp(values[c] - largest);
      sum += values[c];
    }
    for (int c = 0; c < values.length; c++) {
      values[c] /= sum;
    }
  }

  private static void addTo(float[] sums, int from, float[] values, float factor) {
    for (int i = 0; i < values.length; i++) {
      sums[from + i] += values[i] * factor;
    }
  }

  private static void addRow(float[] sums, float[] rows, int from, float factor) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += rows[from + i] * factor;
    }
  }
}
