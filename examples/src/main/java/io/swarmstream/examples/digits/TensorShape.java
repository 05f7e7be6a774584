package io.swarmstream.examples.digits;

import java.util.List;

/**
 * One tensor's place in the flat vector of weights: its name and its dimensions.
 *
 * <p>Values are row-major, the last dimension moves fastest. Tensors follow each other without gaps
 * in the order of {@link DigitNetwork#layout()}.
 */
public record TensorShape(String name, List<Long> shape) {
  public TensorShape {
    shape = List.copyOf(shape);
  }

  /** How many weights the tensor holds. */
  public long size() {
    return shape.stream().mapToLong(Long::longValue).reduce(1, Math::multiplyExact);
  }
}
