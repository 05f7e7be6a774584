package io.swarmstream.examples.digits;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Some samples in the form that ND4J requires, in off-heap memory until the batch is closed.
 *
 * @param features float32, shape (samples, width)
 * @param labels float32, shape (samples, classes), 1 at the label and 0 elsewhere
 */
record Batch(INDArray features, INDArray labels) implements AutoCloseable {

  static Batch of(Samples data, int[] samples) {
    float[] features = new float[samples.length * data.width()];
    float[] labels = new float[samples.length * data.classes()];
    for (int i = 0; i < samples.length; i++) {
      data.copyFeatures(samples[i], features, i * data.width());
      labels[i * data.classes() + data.label(samples[i])] = 1;
    }
    return new Batch(
        Nd4j.create(features, new int[] {samples.length, data.width()}, 'c'),
        Nd4j.create(labels, new int[] {samples.length, data.classes()}, 'c'));
  }

  @Override
  public void close() {
    features.close();
    labels.close();
  }
}
