package io.swarmstream.examples.digits;

import java.util.Arrays;

/**
 * Labelled samples that never change: one row of features and one class per sample.
 *
 * <p>Features are float32 in [0, 1], labels are 0 (inclusive) to {@link #classes()} (exclusive).
 * Every sample keeps its {@link #row(int)} in the set it came from, so that it can be followed
 * through splits.
 */
public final class Samples {
  private final float[] features;
  private final int[] labels;
  private final int[] rows;
  private final int width;
  private final int classes;

  private Samples(float[] features, int[] labels, int[] rows, int width, int classes) {
    this.features = features;
    this.labels = labels;
    this.rows = rows;
    this.width = width;
    this.classes = classes;
  }

  /**
   * A whole set; the arrays are copied.
   *
   * @param features row-major, {@code labels.length * width} values
   */
  public static Samples of(float[] features, int[] labels, int width, int classes) {
    if (features.length != labels.length * width) {
      throw new IllegalArgumentException(
          "%d labels of %d features each need %d features, got %d"
              .formatted(labels.length, width, labels.length * width, features.length));
    }
    for (int label : labels) {
      if (label < 0 || label >= classes) {
        throw new IllegalArgumentException(
            "label %d is not one of the %d classes 0..%d".formatted(label, classes, classes - 1));
      }
    }
    int[] rows = new int[labels.length];
    Arrays.setAll(rows, i -> i);
    return new Samples(features.clone(), labels.clone(), rows, width, classes);
  }

  public int size() {
    return labels.length;
  }

  /** Features per sample. */
  public int width() {
    return width;
  }

  public int classes() {
    return classes;
  }

  public int label(int sample) {
    return labels[sample];
  }

  /** The sample's place in the set that this one was selected from, counted from 0. */
  public int row(int sample) {
    return rows[sample];
  }

  /** Copies one sample's features to {@code target[offset .. offset + width)}. */
  public void copyFeatures(int sample, float[] target, int offset) {
    System.arraycopy(features, sample * width, target, offset, width);
  }

  /** How many samples each class has, by class. */
  public int[] countByClass() {
    int[] counts = new int[classes];
    for (int label : labels) {
      counts[label]++;
    }
    return counts;
  }

  /** The chosen samples in the given order; they keep their rows. */
  public Samples select(int[] samples) {
    float[] chosen = new float[samples.length * width];
    for (int i = 0; i < samples.length; i++) {
      copyFeatures(samples[i], chosen, i * width);
    }
    return new Samples(
        chosen,
        Arrays.stream(samples).map(i -> labels[i]).toArray(),
        Arrays.stream(samples).map(i -> rows[i]).toArray(),
        width,
        classes);
  }
}
