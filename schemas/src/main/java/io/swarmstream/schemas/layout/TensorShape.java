package io.swarmstream.schemas.layout;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The name and shape of a tensor in the model layout.
 *
 * @param name unique in the layout; no colon, no line break
 * @param dims lengths of the dimensions, outermost first; empty for a scalar
 */
public record TensorShape(String name, List<Long> dims) {
  public TensorShape {
    if (name.isEmpty() || name.contains(":") || name.contains("\n")) {
      throw new IllegalArgumentException(
          "tensor name \"" + name + "\" is empty or has a colon or line break; rename the tensor");
    }
    dims = List.copyOf(dims);
    for (long dim : dims) {
      if (dim < 1) {
        throw new IllegalArgumentException(
            "tensor " + name + " has a dimension of " + dim + "; each is at least 1");
      }
    }
  }

  /**
   * Returns the number of values in the tensor.
   *
   * @throws ArithmeticException if there are more than 2^63-1 values
   */
  public long size() {
    return dims.stream().reduce(1L, Math::multiplyExact);
  }

  @Override
  public String toString() {
    return name + ":" + dims.stream().map(String::valueOf).collect(Collectors.joining("x"));
  }
}
