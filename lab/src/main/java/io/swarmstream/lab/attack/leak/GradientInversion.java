package io.swarmstream.lab.attack.leak;

import io.swarmstream.examples.digits.Samples;
import io.swarmstream.lab.attack.learner.OneLayerNet;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads images off a delta, in closed form.
 *
 * <p>After one step on one image x, the weights of a hidden unit have moved by its error times x,
 * and its bias by its error: their quotient is x. After a batch, the quotient is a mix of those
 * images that the unit responds to, and one of them only where the unit responds to nothing else.
 *
 * <p>Source: L. T. Phong et al., "Privacy-preserving deep learning via additively homomorphic
 * encryption", 2018.
 */
final class GradientInversion {
  /** From this correlation on, a person sees the image in the reconstruction. */
  static final double RECOGNISED = 0.95;

  private final OneLayerNet net;

  GradientInversion(OneLayerNet net) {
    this.net = net;
  }

  /** One candidate for each hidden unit that has moved. */
  List<float[]> candidates(float[] delta) {
    List<float[]> candidates = new ArrayList<>();
    for (int unit = 0; unit < net.hidden(); unit++) {
      float bias = delta[net.hiddenBiases() + unit];
      if (bias != 0) {
        float[] image = new float[net.hiddenBiases() / net.hidden()];
        for (int pixel = 0; pixel < image.length; pixel++) {
          image[pixel] = delta[pixel * net.hidden() + unit] / bias;
        }
        candidates.add(image);
      }
    }
    return candidates;
  }

  /** The greatest correlation of an image with a candidate; 0 without any. */
  static double best(Samples data, int sample, List<float[]> candidates) {
    float[] image = new float[data.width()];
    data.copyFeatures(sample, image, 0);
    return candidates.stream()
        .mapToDouble(candidate -> correlation(image, candidate))
        .max()
        .orElse(0);
  }

  /** Pearson's correlation of two images; 0 if one has no contrast. */
  static double correlation(float[] one, float[] other) {
    double meanOne = mean(one);
    double meanOther = mean(other);
    double product = 0;
    double squareOne = 0;
    double squareOther = 0;
    for (int i = 0; i < one.length; i++) {
      product += (one[i] - meanOne) * (other[i] - meanOther);
      squareOne += (one[i] - meanOne) * (one[i] - meanOne);
      squareOther += (other[i] - meanOther) * (other[i] - meanOther);
    }
    double length = Math.sqrt(squareOne * squareOther);
    return length > 0 ? product / length : 0;
  }

  private static double mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }
}
