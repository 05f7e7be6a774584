package io.swarmstream.lab.attack.suite;

import io.swarmstream.examples.digits.Samples;

/** What a bad site does to the data that it trains on. */
enum Poison {
  NONE,
  /** The label y becomes the last label minus y. */
  FLIPPED_LABELS,
  /** Every second image gets the backdoor's patch and label. */
  TRIGGER;

  Samples poison(Samples data) {
    return switch (this) {
      case NONE -> data;
      case FLIPPED_LABELS -> flipped(data);
      case TRIGGER -> BackdoorPatch.onEverySecond(data);
    };
  }

  private static Samples flipped(Samples data) {
    float[] features = new float[data.size() * data.width()];
    int[] labels = new int[data.size()];
    for (int i = 0; i < labels.length; i++) {
      data.copyFeatures(i, features, i * data.width());
      labels[i] = data.classes() - 1 - data.label(i);
    }
    return Samples.of(features, labels, data.width(), data.classes());
  }
}
