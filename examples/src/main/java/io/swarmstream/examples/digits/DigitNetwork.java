package io.swarmstream.examples.digits;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * The shape of the demo's model: fully connected layers, rectified in between, a softmax over the
 * classes at the end.
 *
 * @param sizes units of every layer, the input's width first and the number of classes last
 */
public record DigitNetwork(List<Integer> sizes) {
  public DigitNetwork {
    sizes = List.copyOf(sizes);
    if (sizes.size() < 2) {
      throw new IllegalArgumentException(
          "a network needs at least an input and an output size, got " + sizes);
    }
  }

  /** The network for samples like {@code data} with the given layers in between. */
  static DigitNetwork forSamples(Samples data, List<Integer> hiddenSizes) {
    return new DigitNetwork(
        Stream.of(Stream.of(data.width()), hiddenSizes.stream(), Stream.of(data.classes()))
            .flatMap(s -> s)
            .toList());
  }

  /**
   * The tensors of the flat vector of weights, in order: for each layer its weight of shape (out,
   * in) and its bias of shape (out).
   */
  public List<NamedShape> layout() {
    List<NamedShape> layout = new ArrayList<>();
    for (int layer = 1; layer < sizes.size(); layer++) {
      String name = layer == sizes.size() - 1 ? "output" : "hidden" + layer;
      long in = sizes.get(layer - 1);
      long out = sizes.get(layer);
      layout.add(new NamedShape(name + ".weight", List.of(out, in)));
      layout.add(new NamedShape(name + ".bias", List.of(out)));
    }
    return List.copyOf(layout);
  }

  /** Length of the flat vector of weights. */
  public int parameterCount() {
    return Math.toIntExact(layout().stream().mapToLong(NamedShape::size).sum());
  }

  /**
   * Initial weights: uniform with Glorot's bound sqrt(6 / (in + out)), biases zero.
   *
   * <p>They are not drawn by ND4J, whose generator is state of the whole JVM: the same seed must
   * give the same bits at every site.
   */
  public float[] initialWeights(long seed) {
    float[] weights = new float[parameterCount()];
    SplittableRandom random = new SplittableRandom(seed);
    int at = 0;
    for (int layer = 1; layer < sizes.size(); layer++) {
      int in = sizes.get(layer - 1);
      int out = sizes.get(layer);
      double bound = Math.sqrt(6.0 / (in + out));
      for (int i = 0; i < in * out; i++) {
        weights[at + i] = (float) ((2 * random.nextDouble() - 1) * bound);
      }
      at += in * out + out;
    }
    return weights;
  }

  /** The network in DL4J, its weights zero. */
  MultiLayerNetwork build(TrainerOptions options) {
    var layers =
        new NeuralNetConfiguration.Builder()
            .dataType(DataType.FLOAT)
            .weightInit(WeightInit.ZERO)
            .updater(new Nesterovs(options.learningRate(), options.momentum()))
            .list();
    int last = sizes.size() - 2;
    IntStream.range(0, last).forEach(i -> layers.layer(hidden(sizes.get(i), sizes.get(i + 1))));
    layers.layer(output(sizes.get(last), sizes.get(last + 1)));
    MultiLayerNetwork network = new MultiLayerNetwork(layers.build());
    network.init();
    return network;
  }

  private static DenseLayer hidden(int in, int out) {
    return new DenseLayer.Builder().nIn(in).nOut(out).activation(Activation.RELU).build();
  }

  private static OutputLayer output(int in, int out) {
    return new OutputLayer.Builder(LossFunction.MCXENT)
        .nIn(in)
        .nOut(out)
        .activation(Activation.SOFTMAX)
        .build();
  }
}
