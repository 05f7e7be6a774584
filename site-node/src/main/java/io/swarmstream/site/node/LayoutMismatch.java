package io.swarmstream.site.node;

import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.schemas.layout.TensorShape;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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
   * Which order of a trainer's tensors is the contract's, of whose layout the chain has only the
   * hash: the trainer's own, or that of their names.
   *
   * @throws ProblemException with both hashes and numbers of parameters, when neither is
   */
  static ModelLayout known(ContractTerms terms, ModelLayout trainer) {
    ModelLayout sorted = trainer.sorted();
    for (ModelLayout each : List.of(sorted, trainer)) {
      if (each.hash().hex().equals(terms.layoutHash())) {
        return each;
      }
    }
    String expected =
        String.format(
            Locale.ROOT,
            "%,d parameters, layout hash %s",
            terms.parameterCount(),
            terms.layoutHash());
    String actual =
        String.format(
            Locale.ROOT,
            "%,d parameters in %,d tensors, layout hash %s",
            trainer.parameterCount(),
            trainer.tensors().size(),
            sorted.hash());
    throw ProblemException.of(
            ProblemCode.LAYOUT_MISMATCH,
            "the contract's model has "
                + expected
                + ", this model "
                + actual
                + "; its layout is too long for the chain, which has the hash only: compare names and shapes of the"
                + " tensors with another site's. Train the contract's model, or give this one a contract of its own:"
                + " 'swarm contract create', or 'swarm contract reset' where the contract is a draft")
        .in("layout")
        .values(expected, actual);
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
