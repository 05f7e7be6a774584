package io.swarmstream.schemas.contribution;

import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.schemas.layout.TensorShape;
import org.jspecify.annotations.Nullable;

/** A delta has a value that a payload cannot hold. */
public final class DeltaRangeException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final long at;
  private final String problem;
  private final @Nullable String tensor;

  /**
   * One of the flat delta.
   *
   * @param at the value's place
   * @param problem what follows upon the place in the message
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

  /** The same, naming the tensor and the value's place in it: that is what a trainer knows. */
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

  /** Its name, once a layout has told it. */
  public @Nullable String tensor() {
    return tensor;
  }
}
