package io.swarmstream.lab.bench.kernels;

import java.util.ArrayList;
import java.util.List;

/**
 * The shapes of ResNet-18's 62 trainable tensors, in the order of the network, for a thousand
 * classes.
 *
 * <p>Source: K. He et al., "Deep residual learning for image recognition", 2015.
 */
final class ResNet18 {
  /** Number of parameters of all tensors together. */
  static final long PARAMETERS = 11_689_512;

  private static final long CLASSES = 1_000;

  private final List<List<Long>> shapes = new ArrayList<>();

  private ResNet18() {
    convolution(3, 64, 7);
    stage(64, 64);
    stage(64, 128);
    stage(128, 256);
    stage(256, 512);
    add(CLASSES, 512L);
    add(CLASSES);
  }

  /**
   * Shapes that hold a number of parameters. If the network has about as many, which people write
   * as 11.7M, these are its own shapes; otherwise they are as many flat tensors, each with its
   * share.
   */
  static List<List<Long>> shapes(long parameters) {
    List<List<Long>> own = new ResNet18().shapes;
    return isOwnSize(parameters) ? own : scaled(own, parameters);
  }

  /** The number of parameters of {@link #shapes}. */
  static long parameters(long wanted) {
    return isOwnSize(wanted) ? PARAMETERS : wanted;
  }

  static long size(List<Long> shape) {
    return shape.stream().reduce(1L, (a, b) -> a * b);
  }

  private static boolean isOwnSize(long parameters) {
    return Math.abs(parameters - PARAMETERS) < PARAMETERS / 1_000;
  }

  private static List<List<Long>> scaled(List<List<Long>> own, long parameters) {
    List<List<Long>> scaled = new ArrayList<>();
    long before = 0;
    for (List<Long> shape : own) {
      long after = before + size(shape);
      // Uses the ends rather than the sizes, so that the shares add up.
      scaled.add(List.of(share(after, parameters) - share(before, parameters)));
      before = after;
    }
    return scaled;
  }

  private static long share(long of, long parameters) {
    return Math.round((double) of / PARAMETERS * parameters);
  }

  private void stage(long in, long out) {
    block(in, out);
    block(out, out);
  }

  private void block(long in, long out) {
    convolution(in, out, 3);
    convolution(out, out, 3);
    if (in != out) {
      convolution(in, out, 1);
    }
  }

  /** Adds a convolution with the scale and shift of its normalisation. */
  private void convolution(long in, long out, long width) {
    add(out, in, width, width);
    add(out);
    add(out);
  }

  private void add(Long... shape) {
    shapes.add(List.of(shape));
  }
}
