package io.swarmstream.examples.digits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SamplesTest {

  @Test
  void aSelectionKeepsFeaturesLabelsAndOriginalRows() {
    Samples all = Samples.of(new float[] {0, 1, 2, 3, 4, 5}, new int[] {0, 1, 2}, 2, 3);

    Samples last = all.select(new int[] {2, 0}).select(new int[] {0});

    float[] features = new float[2];
    last.copyFeatures(0, features, 0);
    assertThat(features).containsExactly(4, 5);
    assertThat(last.label(0)).isEqualTo(2);
    assertThat(last.row(0)).isEqualTo(2);
  }

  @Test
  void laterChangesToTheCallersArraysDoNotShow() {
    float[] features = {1};
    int[] labels = {0};
    Samples samples = Samples.of(features, labels, 1, 2);

    features[0] = 9;
    labels[0] = 1;

    float[] seen = new float[1];
    samples.copyFeatures(0, seen, 0);
    assertThat(seen).containsExactly(1);
    assertThat(samples.label(0)).isZero();
  }

  @Test
  void refusesFeaturesThatDoNotFitTheLabels() {
    assertThatThrownBy(() -> Samples.of(new float[5], new int[2], 3, 10))
        .hasMessageContaining("need 6 features, got 5");
  }

  @Test
  void refusesALabelThatIsNoClass() {
    assertThatThrownBy(() -> Samples.of(new float[1], new int[] {10}, 1, 10))
        .hasMessageContaining("label 10 is not one of the 10 classes 0..9");
  }
}
