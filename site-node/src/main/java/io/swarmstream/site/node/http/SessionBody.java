package io.swarmstream.site.node.http;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.schemas.layout.TensorShape;
import io.swarmstream.schemas.rounds.CheckIn;
import io.swarmstream.site.node.problem.ProblemCode;
import io.swarmstream.site.node.problem.ProblemException;
import io.swarmstream.site.node.session.SessionRequest;
import io.swarmstream.web.Mandatory;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The request for a session. */
record SessionBody(
    @Mandatory @JsonPropertyDescription("Name of the training contract.") @Nullable String contract,
    @JsonPropertyDescription("What trains, for people.") @Nullable String trainer,
    @Mandatory @JsonPropertyDescription("The tensors that are shared, each with float values.")
        @Nullable List<Tensor> layout,
    @JsonPropertyDescription("How much the site asks to count. Default: 1.")
        @Nullable Integer weight,
    @JsonPropertyDescription("Number of sites that a round needs. Default: as the contract says.")
        @Nullable Integer minPeers,
    @JsonPropertyDescription("Merge method. Default: as the contract says.")
        @Nullable String mergeMethod,
    @JsonPropertyDescription(
            "Mini-batches between two syncs. Default: 128. An adaptive contract decides it instead.")
        @Nullable Integer syncInterval,
    @JsonPropertyDescription(
            "What the node contributes once the trainer has finished: snapshot (the default), active or inactive.")
        @Nullable String checkinModelOnTrainEnd,
    @JsonPropertyDescription(
            "Whether the contract must be adaptive, so that rounds decide the interval. Default: as the contract says.")
        @Nullable Boolean adaptive,
    @JsonPropertyDescription("Passes over its data that the trainer plans; 0: unknown.")
        @Nullable Double epochsTotal,
    @JsonPropertyDescription("Whether to close an open session of the same contract.")
        @Nullable Boolean takeOver) {

  private static final int DEFAULT_INTERVAL = 128;

  /** A tensor of the model. */
  record Tensor(
      @Mandatory @JsonPropertyDescription("Unique in the model.") @Nullable String name,
      @Mandatory
          @JsonPropertyDescription("Lengths of its dimensions, outermost first; none for a scalar.")
          @Nullable List<Long> shape) {}

  SessionRequest request() {
    return new SessionRequest(
        required("contract", contract),
        or(trainer, "unknown"),
        modelLayout(),
        or(weight, 1),
        minPeers,
        mergeMethod,
        or(syncInterval, DEFAULT_INTERVAL),
        or(adaptive, false),
        finished("checkinModelOnTrainEnd", or(checkinModelOnTrainEnd, CheckIn.SNAPSHOT.code())),
        or(epochsTotal, 0.0),
        or(takeOver, false));
  }

  private ModelLayout modelLayout() {
    List<Tensor> tensors = required("layout", layout);
    try {
      return new ModelLayout(
          tensors.stream()
              .map(
                  tensor ->
                      new TensorShape(
                          required("layout.name", tensor.name()),
                          required("layout.shape", tensor.shape())))
              .toList());
    } catch (IllegalArgumentException e) {
      throw ProblemException.of(ProblemCode.BAD_VALUE, "layout: " + e.getMessage(), e).in("layout");
    }
  }

  /** What is contributed for a trainer that has finished. */
  static CheckIn finished(String field, String code) {
    return CheckIn.ofCode(code)
        .filter(checkIn -> checkIn != CheckIn.TRAINING)
        .orElseThrow(
            () ->
                Call.bad(
                    field,
                    code,
                    "one of "
                        + Arrays.stream(CheckIn.values())
                            .filter(checkIn -> checkIn != CheckIn.TRAINING)
                            .map(CheckIn::code)
                            .toList()));
  }

  private static <T> T or(@Nullable T value, T otherwise) {
    return value == null ? otherwise : value;
  }

  private static <T> T required(String field, @Nullable T value) {
    if (value == null) {
      throw ProblemException.of(ProblemCode.BAD_VALUE, field + " is missing; give it").in(field);
    }
    return value;
  }
}
