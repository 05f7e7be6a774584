package io.swarmstream.site.node;

import io.swarmstream.schemas.ModelLayout;
import io.swarmstream.schemas.TensorShape;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says which tensor of a model is not the contract's. */
final class LayoutMismatch {
  private LayoutMismatch() {}

  /**
   * Compares a trainer's tensors with the contract's, whatever their order.
   *
   * @throws ProblemException naming the first tensor that differs, and both shapes
   */
  static void check(ModelLayout contract, Collection<TensorShape> trainer) {
    Map<String, TensorShape> left = new LinkedHashMap<>();
    trainer.forEach(tensor -> left.put(tensor.name(), tensor));
    for (TensorShape expected : contract.tensors()) {
      TensorShape actual = left.remove(expected.name());
      if (!expected.equals(actual)) {
        throw mismatch(expected.name(), expected, actual);
      }
    }
    if (!left.isEmpty()) {
      TensorShape extra = left.values().iterator().next();
      throw mismatch(extra.name(), null, extra);
    }
  }

  /**
   * The problem with one tensor.
   *
   * @param expected null: the contract has no such tensor
   * @param actual null: the model has none
   */
  private static ProblemException mismatch(
      String tensor, @Nullable TensorShape expected, @Nullable TensorShape actual) {
    String in = expected == null ? "no such tensor" : expected.toString();
    String here = actual == null ? "no such tensor" : actual.toString();
    return ProblemException.of(
            ProblemCode.LAYOUT_MISMATCH,
            "tensor "
                + tensor
                + ": the contract has "
                + in
                + ", this model "
                + here
                + "; train the contract's model, or give this one a contract of its own: 'swarm contract"
                + " create', or 'swarm contract reset' where the contract is a draft")
        .in(tensor)
        .values(in, here);
  }
}
