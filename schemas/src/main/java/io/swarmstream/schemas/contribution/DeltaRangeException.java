package io.swarmstream.schemas.contribution;

import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.schemas.layout.TensorShape;
import org.jspecify.annotations.Nullable;

/** Thrown when a delta has a value that a payload cannot hold. */
public final class DeltaRangeException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final long at;
  private final String problem;
  private final @Nullable String tensor;

  /**
   * Reports a value of the flat delta.
   *
   * @param at index of the value
   * @param problem the text that follows the value's place in the message
   */
  DeltaRangeException(long at, String problem) {
    this(at, problem, "value " + at, null);
  }

  private DeltaRangeException(long at, String problem, String place, @Nullable String tensor) {
    super(place + problem);
    this.at = at;
    this.problem = problem;
    this.tensor = tensor;
  }

  /**
   * Returns the same error with the tensor's name and the value's index in it, which a trainer
   * knows.
   */
  public DeltaRangeException in(ModelLayout layout) {
    long begin = 0;
    for (TensorShape shape : layout.tensors()) {
      if (at < begin + shape.size()) {
        String place = "tensor " + shape.name() + ", value " + (at - begin);
        return new DeltaRangeException(at, problem, place, shape.name());
      }
      begin += shape.size();
    }
    return this;
  }

  /** Returns the tensor's name; null until {@link #in} resolves it with a layout. */
  public @Nullable String tensor() {
    return tensor;
  }
}
