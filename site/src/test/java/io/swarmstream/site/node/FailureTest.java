package io.swarmstream.site.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.kafka.DeadlineException;
import io.swarmstream.schemas.avro.RoundNotice;
import java.util.List;
import java.util.Optional;
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
  void saysWhoIsMissingWhenTheGracePeriodIsLongerThanTheDeadline() {
    ProblemException problem = Failure.late(3, notice(3, 2), late);

    assertThat(problem.code()).isEqualTo(ProblemCode.ROUND_DEADLINE);
    assertThat(problem.detail()).contains("waits for hospital-b", "longer deadline");
  }

  @Test
  void doesNotTakeTheWordOnAnotherRound() {
    assertThat(Failure.late(4, notice(3, 1), late).detail())
        .contains("the job has said nothing of round 4");
  }

  private static Optional<RoundNotice> notice(long round, int contributed) {
    return Optional.of(
        new RoundNotice(
            "c",
            round,
            contributed,
            2,
            List.of("hospital-b"),
            1,
            List.of("hospital-c"),
            -1L,
            "",
            0L));
  }
}
