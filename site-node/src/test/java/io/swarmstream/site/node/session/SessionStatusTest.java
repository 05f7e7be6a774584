package io.swarmstream.site.node.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.DeltaEncoding;
import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.schemas.rounds.CheckIn;
import io.swarmstream.site.RoundProgress;
import io.swarmstream.site.node.problem.ProblemCode;
import io.swarmstream.site.node.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SessionStatusTest {
  private final Instant now = Instant.now();
  private final SyncProgress sending = SyncProgress.sending(4, "body", now.plusSeconds(60));

  @Test
  void isReadyUntilTheFirstSync() {
    SessionStatus status = status(null, null);

    assertThat(status.state().code()).isEqualTo("ready");
    assertThat(status.waitingFor()).isEqualTo("the trainer, to send its weights");
    assertThat(status.isWaiting()).isFalse();
  }

  @Test
  void saysForWhomASyncWaits() {
    SessionStatus status = status(sending.waiting(3), null);

    assertThat(status.state()).isEqualTo(SessionStatus.State.WAITING);
    assertThat(status.waitingFor()).isEqualTo("the merged model of round 3");
    assertThat(sites(status).missing()).containsExactly("hospital-b");
    assertThat(sites(status).contributed()).isEqualTo(2);
  }

  @Test
  void ignoresANoticeOfAnotherRound() {
    assertThat(sites(status(sending.waiting(4), null)).missing()).isEmpty();
  }

  @Test
  void saysWhyASyncHasFailed() {
    SyncProgress failed =
        sending.failed(ProblemException.of(ProblemCode.ROUND_DEADLINE, "too late"));

    assertThat(status(failed, null).waitingFor()).isEqualTo("the trainer, to try again: too late");
  }

  @Test
  void waitsForTheOpenRoundOnceTheTrainerHasFinished() {
    SessionStatus status = status(merged(false), state(AfterTraining.Phase.CONTRIBUTING));

    assertThat(status.state()).isEqualTo(SessionStatus.State.FINISHED);
    assertThat(sites(status).missing()).containsExactly("hospital-b");
  }

  @Test
  void isOverByASyncOrByTheNodesOwnContributions() {
    assertThat(status(merged(true), null).state()).isEqualTo(SessionStatus.State.OVER);
    assertThat(status(merged(false), state(AfterTraining.Phase.OVER)).state())
        .isEqualTo(SessionStatus.State.OVER);
  }

  @Test
  void leavesWaitsOutOfThePaceOfTraining() {
    SessionStatus status = status(null, null);

    assertThat(status.eta().trainingSeconds()).isEqualTo(60);
    assertThat(status.eta().withWaitsSeconds()).isEqualTo(90);
  }

  private static Waiting sites(SessionStatus status) {
    return Objects.requireNonNull(status.sites());
  }

  private AfterTraining.State state(AfterTraining.Phase phase) {
    return new AfterTraining.State(phase, now, null);
  }

  private SyncProgress merged(boolean last) {
    return sending.merged(
        new MergedRound(3, true, List.of("a"), "00", 1, 0, last, 1, null, null, null));
  }

  /** Ninety seconds old, thirty of which went into waits; one of two epochs is done. */
  private static SessionStatus status(
      @Nullable SyncProgress sync, AfterTraining.@Nullable State after) {
    ModelLayout layout = ModelLayout.parse("w:3");
    return SessionStatus.of(
        new SessionSnapshot(
            "s",
            new SessionRequest(
                "c", "numpy", layout, 1, null, null, 16, false, CheckIn.SNAPSHOT, 2, false),
            new ContractTerms(
                "c",
                "eip155:1:0x0",
                "mean",
                3,
                0,
                layout.parameterCount(),
                4,
                DeltaEncoding.FLOAT32,
                layout.hash().hex()),
            Instant.now().minusSeconds(90),
            Duration.ofSeconds(30),
            Optional.ofNullable(sync),
            Optional.ofNullable(after),
            Optional.of(
                new RoundProgress(
                    3, 2, 3, List.of("hospital-b"), 1, List.of(), Optional.empty(), Instant.EPOCH)),
            new NewestModel(2, 0.5),
            new Reported(0.25, 0.75, 1, 2),
            Exchanges.NONE,
            new SentSoFar(0, 0, null)));
  }
}
