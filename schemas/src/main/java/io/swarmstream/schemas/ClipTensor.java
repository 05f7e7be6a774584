package io.swarmstream.schemas;

import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.schemas.layout.TensorShape;
import java.util.ArrayList;
import java.util.List;

/**
 * The last tensor of a model under an {@link AdaptiveClip}, of one value. No trainer has it: the
 * layout on the chain ends with it, and trainers have the tensors before it.
 */
public final class ClipTensor {
  /** Reserved for it. */
  public static final String NAME = "swarmstream.log_clip";

  private static final TensorShape SHAPE = new TensorShape(NAME, List.of(1L));

  private ClipTensor() {}

  /**
   * Returns the layout of a contract.
   *
   * @param trained the trainers' tensors
   * @throws IllegalArgumentException if one of them has the reserved name
   */
  public static ModelLayout whole(Privacy privacy, ModelLayout trained) {
    requireFree(trained);
    if (!isIn(privacy)) {
      return trained;
    }
    List<TensorShape> tensors = new ArrayList<>(trained.tensors());
    tensors.add(SHAPE);
    return new ModelLayout(tensors);
  }

  /**
   * Returns the trainers' tensors.
   *
   * @param whole the contract's layout
   * @throws IllegalArgumentException if the clip is adaptive and the layout has no place for it
   */
  public static ModelLayout trained(Privacy privacy, ModelLayout whole) {
    if (!isIn(privacy)) {
      return whole;
    }
    int trained = whole.tensors().size() - 1;
    TensorShape last = whole.tensors().get(trained);
    if (trained == 0 || !last.equals(SHAPE)) {
      throw new IllegalArgumentException(
          "privacy %s needs a layout that ends with %s after the trainers' tensors, and this one ends with %s; create"
                  .formatted(privacy.text(), SHAPE, last)
              + " the contract with 'swarm contract create'");
    }
    return new ModelLayout(whole.tensors().subList(0, trained));
  }

  /**
   * Checks that no tensor of a trainer has the reserved name.
   *
   * @throws IllegalArgumentException if one has
   */
  public static void requireFree(ModelLayout trained) {
    if (trained.tensors().stream().anyMatch(tensor -> tensor.name().equals(NAME))) {
      throw new IllegalArgumentException(
          "tensor "
              + NAME
              + ": the name is reserved for the clip that swarmstream keeps in the model; rename the tensor");
    }
  }

  private static boolean isIn(Privacy privacy) {
    return privacy.dp().filter(Privacy.Dp::isAdaptive).isPresent();
  }
}
