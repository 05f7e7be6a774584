package io.swarmstream.lab.attack.learner;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.examples.digits.Samples;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class OneLayerNetTest {
  private final OneLayerNet net = new OneLayerNet(4, 5, 3);
  private final Samples data =
      Samples.of(new float[] {0.1f, 0.9f, 0, 0.4f, 1, 0.2f, 0.3f, 0}, new int[] {2, 0}, 4, 3);

  @Test
  void itsGradientIsThatOfItsLoss() {
    float[] weights = net.initialWeights(7);
    float[] gradient = new float[net.parameters()];
    net.addGradient(weights, data, 0, gradient);

    float step = 1e-3f;
    for (int i = 0; i < weights.length; i++) {
      float before = weights[i];
      weights[i] = before + step;
      double above = net.loss(weights, data, 0);
      weights[i] = before - step;
      double below = net.loss(weights, data, 0);
      weights[i] = before;
      assertThat((double) gradient[i])
          .as("weight %d", i)
          .isCloseTo((above - below) / (2 * step), Offset.offset(1e-3));
    }
  }

  @Test
  void learnsWhatItIsTrainedOn() {
    float[] weights = net.initialWeights(7);
    for (int i = 0; i < 200; i++) {
      LocalEpoch.step(net, weights, data, new int[] {0, 1});
    }
    assertThat(net.accuracy(weights, data)).isEqualTo(1);
  }

  @Test
  void aDeltaLeadsFromTheModelToWhatWasTrained() {
    float[] model = net.initialWeights(7);

    float[] delta = new LocalEpoch(data, 1).delta(net, model);

    float[] trained = model.clone();
    LocalEpoch.step(net, trained, data, new int[] {0, 1}); // one batch holds both
    for (int i = 0; i < delta.length; i++) {
      assertThat(model[i] + delta[i]).isCloseTo(trained[i], Offset.offset(1e-6f));
    }
  }
}
