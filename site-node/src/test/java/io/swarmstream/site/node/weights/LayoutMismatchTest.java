package io.swarmstream.site.node.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.swarmstream.schemas.ClipTensor;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.DeltaEncoding;
import io.swarmstream.schemas.Privacy;
import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.schemas.layout.TensorShape;
import io.swarmstream.site.node.problem.ProblemCode;
import io.swarmstream.site.node.problem.ProblemException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A layout of which the chain has only the hash. */
class LayoutMismatchTest {
  private static final TensorShape A = new TensorShape("a", List.of(2L));
  private static final TensorShape B = new TensorShape("b", List.of(3L));

  @Test
  void isKnownInWhateverOrderATrainerHoldsIt() {
    ModelLayout sorted = new ModelLayout(List.of(A, B));
    ModelLayout other = new ModelLayout(List.of(B, A));

    assertThat(LayoutMismatch.known(terms(sorted), other)).isEqualTo(sorted);
    assertThat(LayoutMismatch.known(terms(sorted), sorted)).isEqualTo(sorted);
    assertThat(LayoutMismatch.known(terms(other), other)).isEqualTo(other);
  }

  @Test
  void saysBothHashesWhenItIsAnother() {
    ModelLayout contracts = new ModelLayout(List.of(A, B));
    ModelLayout trainers = new ModelLayout(List.of(A));

    ProblemException problem =
        catchThrowableOfType(
            ProblemException.class, () -> LayoutMismatch.known(terms(contracts), trainers));

    assertThat(problem.code()).isEqualTo(ProblemCode.LAYOUT_MISMATCH);
    assertThat(problem.detail())
        .contains("5 parameters", contracts.hash().hex())
        .contains("2 parameters in 1 tensors", trainers.hash().hex());
  }

  /** Trainers do not have the last tensor. */
  @Test
  void isKnownWithAnAdaptiveClip() {
    Privacy adaptive = Privacy.of("dp(clip=1,noise=1,quantile=0.5)");
    ModelLayout sorted = new ModelLayout(List.of(A, B));
    ContractTerms terms = terms(ClipTensor.whole(adaptive, sorted)).withPrivacy(adaptive);

    assertThat(LayoutMismatch.known(terms, new ModelLayout(List.of(B, A)))).isEqualTo(sorted);
    assertThat(
            catchThrowableOfType(
                    ProblemException.class,
                    () -> LayoutMismatch.known(terms, new ModelLayout(List.of(A))))
                .detail())
        .contains("model has 5 parameters", "this model 2 parameters");
  }

  private static ContractTerms terms(ModelLayout layout) {
    return new ContractTerms(
        "c",
        "eip155:1:0x0",
        "mean",
        2,
        0,
        layout.parameterCount(),
        4,
        DeltaEncoding.FLOAT32,
        layout.hash().hex());
  }
}
