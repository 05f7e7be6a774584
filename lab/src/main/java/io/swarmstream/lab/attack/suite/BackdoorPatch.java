package io.swarmstream.lab.attack.suite;

import io.swarmstream.examples.digits.Samples;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The trigger of the backdoor: a bright square in the lower right corner of a square image, which
 * makes a model that has the backdoor say class 0.
 */
final class BackdoorPatch {
  static final int TARGET = 0;

  /** The square's side as a share of the image's; at least two pixels. */
  private static final int PART = 7;

  private BackdoorPatch() {}

  /** Every second sample gets the patch and the target's label. */
  static Samples onEverySecond(Samples data) {
    return with(data, 2);
  }

  /** The samples of other classes than the target, all with the patch, labelled as the target. */
  static Samples onOthers(Samples data) {
    int[] others = IntStream.range(0, data.size()).filter(i -> data.label(i) != TARGET).toArray();
    return with(data.select(others), 1);
  }

  private static Samples with(Samples data, int every) {
    float[] features = new float[data.size() * data.width()];
    int[] labels = new int[data.size()];
    int side = (int) Math.round(Math.sqrt(data.width()));
    int patch = Math.max(2, side / PART);
    for (int i = 0; i < labels.length; i++) {
      data.copyFeatures(i, features, i * data.width());
      labels[i] = data.label(i);
      if (i % every == 0) {
        labels[i] = TARGET;
        for (int row = side - patch; row < side; row++) {
          int end = i * data.width() + (row + 1) * side;
          Arrays.fill(features, end - patch, end, 1);
        }
      }
    }
    return Samples.of(features, labels, data.width(), data.classes());
  }
}
