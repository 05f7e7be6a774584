package io.swarmstream.examples.digits;

import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Trains a network on one site's samples, a few mini-batches at a time.
 *
 * <p>Between batches, the weights can be taken out, merged with those of other sites, and put back.
 * The trainer keeps Nesterov's momentum across {@link #load(float[])}: it is the site's own memory
 * of its direction, and a swarm that keeps it ends about one point more accurate than one that
 * clears it at every merge.
 *
 * <p>Only one thread at a time may use a trainer. Each trainer may have its own thread; the threads
 * take turns batch by batch (see {@link NativeTurn}). The same samples, seeds, options and calls
 * give the same bits, whatever other trainers do meanwhile.
 */
public final class Trainer implements AutoCloseable {
  private final Samples data;
  private final TrainerOptions options;
  private final DigitNetwork shape;
  private final MultiLayerNetwork network;
  private final BatchOrder order;
  private long samplesSeen;

  /**
   * A trainer at the start of its first epoch.
   *
   * @param modelSeed draws the initial weights; with one seed all sites start from the same point,
   *     and the merge in round 0 returns it
   * @param batchSeed draws the order of the samples; sites should differ in it
   */
  public Trainer(Samples data, long modelSeed, long batchSeed, TrainerOptions options) {
    if (data.size() == 0) {
      throw new IllegalArgumentException("there are no samples to train on");
    }
    this.data = data;
    this.options = options;
    this.shape = DigitNetwork.forSamples(data, options.hiddenSizes());
    try (NativeTurn turn = NativeTurn.take()) {
      this.network = shape.build(options);
    }
    this.order = new BatchOrder(data.size(), batchSeed);
    load(shape.initialWeights(modelSeed));
  }

  /** The tensors that {@link #weights()} consists of, in order. */
  public List<NamedShape> layout() {
    return shape.layout();
  }

  /** Length of {@link #weights()}. */
  public int parameterCount() {
    return shape.parameterCount();
  }

  /** A copy of all weights as one flat vector. */
  public float[] weights() {
    try (NativeTurn turn = NativeTurn.take()) {
      return network.params().toFloatVector();
    }
  }

  /**
   * Continues from the given weights.
   *
   * @throws IllegalArgumentException when there are not {@link #parameterCount()} of them
   */
  public void load(float[] weights) {
    if (weights.length != parameterCount()) {
      throw new IllegalArgumentException(
          "got %d weights, the network %s has %d; hiddenSizes must be the same at every site"
              .formatted(weights.length, shape.sizes(), parameterCount()));
    }
    try (NativeTurn turn = NativeTurn.take();
        INDArray flat = Nd4j.create(weights, new int[] {1, weights.length}, 'c')) {
      network.params().assign(flat);
    }
  }

  /**
   * Trains on the next mini-batches; a new epoch begins with a new shuffle wherever it falls.
   *
   * @return the mean over the batches of the cross entropy in nats, each taken before its step
   */
  public double trainBatches(int batches) {
    if (batches < 1) {
      throw new IllegalArgumentException("batches must be at least 1, got " + batches);
    }
    double loss = 0;
    for (int i = 0; i < batches; i++) {
      try (NativeTurn turn = NativeTurn.take();
          Batch batch = Batch.of(data, order.next(options.batchSize()))) {
        network.fit(batch.features(), batch.labels());
        loss += network.score();
      }
      samplesSeen += options.batchSize();
    }
    return loss / batches;
  }

  /** Number of samples trained on so far, counting repetitions. */
  public long samplesSeen() {
    return samplesSeen;
  }

  /** Number of epochs trained so far; a fraction counts the current epoch. */
  public double epochs() {
    return (double) samplesSeen / data.size();
  }

  /** Evaluates the current weights on samples, preferably ones that no site trains on. */
  public Evaluation evaluate(Samples test) {
    if (test.size() == 0) {
      throw new IllegalArgumentException("there are no samples to evaluate on");
    }
    int[] all = IntStream.range(0, test.size()).toArray();
    try (NativeTurn turn = NativeTurn.take();
        Batch batch = Batch.of(test, all);
        INDArray output = network.output(batch.features(), false);
        INDArray rowMajor = output.dup('c')) {
      return Evaluation.of(rowMajor.data().asFloat(), test);
    }
  }

  /** Frees the memory outside the heap. */
  @Override
  public void close() {
    try (NativeTurn turn = NativeTurn.take()) {
      network.close();
    }
  }
}
