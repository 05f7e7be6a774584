package io.swarmstream.site.node.weights;

import io.swarmstream.schemas.ClipTensor;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.schemas.layout.TensorShape;
import io.swarmstream.site.node.problem.ProblemCode;
import io.swarmstream.site.node.problem.ProblemException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compares a trainer's tensors with the contract's layout, and says which one differs. */
public final class LayoutMismatch {
  private LayoutMismatch() {}

  /**
   * Requires that a trainer has the contract's tensors, in any order.
   *
   * @throws ProblemException naming the first tensor that differs, and both shapes
   */
  public static void check(ModelLayout contract, Collection<TensorShape> trainer) {
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
   * Finds the contract's order of a trainer's tensors when the chain has only the layout's hash:
   * sorted by name, or the trainer's own.
   *
   * @throws ProblemException with both hashes and numbers of parameters when neither order matches
   */
  public static ModelLayout known(ContractTerms terms, ModelLayout trainer) {
    ModelLayout sorted = trainer.sorted();
    for (ModelLayout each : List.of(sorted, trainer)) {
      if (hash(terms, each).equals(terms.layoutHash())) {
        return each;
      }
    }
    String expected =
        String.format(
            Locale.ROOT,
            "%,d parameters, layout hash %s",
            terms.trainedParameters(),
            terms.layoutHash());
    String actual =
        String.format(
            Locale.ROOT,
            "%,d parameters in %,d tensors, layout hash %s",
            trainer.parameterCount(),
            trainer.tensors().size(),
            hash(terms, sorted));
    throw ProblemException.of(
            ProblemCode.LAYOUT_MISMATCH,
            "the contract's model has "
                + expected
                + ", this model "
                + actual
                + "; the layout is too long for the chain, which has only its hash, so compare names and shapes of the"
                + " tensors with another site's. Train the contract's model, or make a contract for this one:"
                + " 'swarm contract create', or 'swarm contract reset' if the contract is a draft")
        .in("layout")
        .values(expected, actual);
  }

  /** The hash that the chain has, of a contract with these tensors of its trainers. */
  private static String hash(ContractTerms terms, ModelLayout trained) {
    return ClipTensor.whole(terms.privacy(), trained).hash().hex();
  }

  /**
   * Names the tensor and both shapes.
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
                + "; train the contract's model, or make a contract for this one: 'swarm contract create', or"
                + " 'swarm contract reset' if the contract is a draft")
        .in(tensor)
        .values(in, here);
  }
}
