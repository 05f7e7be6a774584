package io.swarmstream.site.node.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.swarmstream.clients.chain.ChainException;
import io.swarmstream.clients.chain.ChainLimitException;
import io.swarmstream.clients.kafka.DeadlineException;
import io.swarmstream.clients.kafka.KafkaEndpoint;
import io.swarmstream.clients.kafka.MissingRightException;
import io.swarmstream.clients.kafka.log.SendFailedException;
import io.swarmstream.schemas.contribution.Contribution;
import io.swarmstream.schemas.contribution.DeltaRangeException;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.schemas.layout.TensorShape;
import io.swarmstream.site.PrivacyException;
import io.swarmstream.site.RoundProgress;
import io.swarmstream.testkit.TestContract;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

class FailureTest {
  private final DeadlineException late = new DeadlineException("not within PT1S");

  @Test
  void saysWhoIsMissingWhenTooFewHaveContributed() {
    ProblemException problem = Failure.late(3, notice(3, 1), late);

    assertThat(problem.code()).isEqualTo(ProblemCode.MIN_PEERS_NOT_REACHED);
    assertThat(problem.detail())
        .contains("round 3 has 1 of at least 2", "waits for hospital-b", "away is hospital-c");
    assertThat(problem.field()).isEqualTo("minPeers");
  }

  @Test
  void saysThatTheContractsPrivacyCannotBeKept() {
    ProblemException problem = Failure.of(new PrivacyException("began from 2 different models"));

    assertThat(problem.code()).isEqualTo(ProblemCode.TERMS_MISMATCH);
    assertThat(problem.field()).isEqualTo("privacy");
    assertThat(problem.detail()).contains("began from 2 different models");
  }

  @Test
  void saysWhoIsMissingWhenTheGracePeriodIsLongerThanTheDeadline() {
    ProblemException problem = Failure.late(3, notice(3, 2), late);

    assertThat(problem.code()).isEqualTo(ProblemCode.ROUND_DEADLINE);
    assertThat(problem.detail()).contains("waits for hospital-b", "longer deadline");
  }

  @Test
  void blamesTheWeightsForADeltaThatNoPayloadCanHoldAndNamesTheTensor() {
    TestContract contract = TestContract.of("c", "mean", 1, 1, 0, 4, 300);
    float[] delta = {0, 0, 0, Float.POSITIVE_INFINITY};
    ModelLayout layout =
        new ModelLayout(
            List.of(new TensorShape("w", List.of(3L)), new TensorShape("b", List.of())));

    DeltaRangeException refused =
        catchThrowableOfType(
            DeltaRangeException.class,
            () ->
                Contribution.sign(
                    contract.site(0).key(),
                    contract.terms(),
                    0,
                    Hash.ZERO,
                    delta,
                    TestContract.header(1)));
    ProblemException problem = Failure.of(refused.in(layout));

    assertThat(problem.code()).isEqualTo(ProblemCode.BAD_VALUE);
    assertThat(problem.field()).isEqualTo("b");
    assertThat(problem.detail()).startsWith("tensor b, value 0 of the delta is Infinity");
  }

  @Test
  void doesNotTakeTheWordOnAnotherRound() {
    assertThat(Failure.late(4, notice(3, 1), late).detail())
        .contains("the job has not reported on round 4");
  }

  @Test
  void aMissingRightIsNothingThatPasses() {
    KafkaEndpoint kafka =
        new KafkaEndpoint(
            "broker:9092",
            Map.of(
                "sasl.jaas.config", "x.ScramLoginModule required username=\"anna\" password=p;"));
    Throwable refused =
        MissingRightException.of(
                new TopicAuthorizationException(Set.of("c.deltas")),
                "WRITE",
                "topic c.deltas",
                kafka)
            .orElseThrow();

    ProblemException problem = Failure.of(new SendFailedException("not written", refused));

    assertThat(problem.code()).isEqualTo(ProblemCode.KAFKA_DENIED);
    assertThat(refused).hasMessageContaining("does not let User:anna WRITE topic c.deltas");
    assertThat(Failure.of(new SendFailedException("no answer", late)).code())
        .isEqualTo(ProblemCode.SWARM_UNREACHABLE);
  }

  @Test
  void whatTheChainWillNeverTakeIsNothingThatPasses() {
    assertThat(Failure.of(new ChainLimitException("too large", null)).code())
        .isEqualTo(ProblemCode.CHAIN_REFUSED);
    assertThat(Failure.of(new ChainException("is in no block after 60 s")).code())
        .isEqualTo(ProblemCode.SWARM_UNREACHABLE);
  }

  private static Optional<RoundProgress> notice(long round, int contributed) {
    return Optional.of(
        new RoundProgress(
            round,
            contributed,
            2,
            List.of("hospital-b"),
            1,
            List.of("hospital-c"),
            Optional.empty(),
            Instant.EPOCH));
  }
}
