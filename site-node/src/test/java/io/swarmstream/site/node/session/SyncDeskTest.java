package io.swarmstream.site.node.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstream.site.node.problem.ProblemCode;
import io.swarmstream.site.node.problem.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SyncDeskTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final SyncDesk desk = new SyncDesk(Optional.empty());

  @Test
  void takesTheSameBytesOnce() {
    assertThat(give(0, "a").isNew()).isTrue();
    assertThat(give(0, "a").isNew()).isFalse();
  }

  @Test
  void refusesOtherBytesUnderTheSameNumber() {
    give(0, "a");

    assertProblem(() -> give(0, "b"), ProblemCode.SYNC_CONFLICT);
  }

  @Test
  void doesOneSyncAtATime() {
    give(0, "a");

    assertProblem(() -> desk.beginReceiving(1), ProblemCode.SYNC_RUNNING);
    merge(give(0, "a").progress(), false);
    assertThat(give(1, "b").isNew()).isTrue();
  }

  @Test
  void receivesOneBodyAtATime() {
    desk.beginReceiving(0);

    assertProblem(() -> desk.beginReceiving(0), ProblemCode.SYNC_RUNNING);
  }

  @Test
  void takesAFailedSyncAgainWhateverItsBytes() throws InterruptedException {
    SyncProgress failed = give(0, "a").progress();
    desk.update(failed.failed(ProblemException.of(ProblemCode.ROUND_DEADLINE, "too late")));

    assertThatThrownBy(() -> desk.await(0, MINUTE)).hasMessage("too late");
    assertThat(give(0, "b").isNew()).isTrue();
  }

  @Test
  void refusesWhatIsOverAndWhatFollowsTheEnd() {
    merge(give(5, "a").progress(), true);

    assertProblem(() -> desk.beginReceiving(4), ProblemCode.STALE_SYNC);
    assertProblem(() -> desk.beginReceiving(6), ProblemCode.TRAINING_OVER);
  }

  @Test
  void knowsWhatAnEarlierProcessHadSent() {
    SyncDesk restarted =
        new SyncDesk(Optional.of(new SessionFolder.Begun("c", 7, "a", 9, 8, "00")));

    assertThat(restarted.next()).isEqualTo(8);
    assertProblem(() -> restarted.beginReceiving(6), ProblemCode.STALE_SYNC);
    restarted.beginReceiving(7);
    assertThat(restarted.take(7, "a", MINUTE).sentTo()).isEqualTo(9);
  }

  @Test
  void doesNotTakeOtherWeightsForThoseOfAnEarlierProcess() {
    SyncDesk restarted =
        new SyncDesk(Optional.of(new SessionFolder.Begun("c", 7, "a", 9, 8, "00")));

    assertThat(restarted.take(7, "b", MINUTE).wasSent()).isFalse();
  }

  @Test
  void saysWaitingAfterAWhile() throws InterruptedException {
    give(0, "a");

    assertThat(desk.await(0, Duration.ofMillis(20)).isRunning()).isTrue();
    assertProblem(() -> desk.await(1, MINUTE), ProblemCode.UNKNOWN_SYNC);
  }

  @Test
  void answersAtOnceWhenTheSessionIsClosed() {
    give(0, "a");
    desk.close();

    assertProblem(() -> desk.awaitSent(0, MINUTE), ProblemCode.UNKNOWN_SESSION);
  }

  @Test
  void keepsAMergedSyncWhenTheSessionIsClosed() throws InterruptedException {
    merge(give(0, "a").progress(), false);
    desk.close();

    assertThat(desk.await(0, MINUTE).merged()).isNotNull();
  }

  private SyncDesk.Taken give(long number, String hash) {
    desk.beginReceiving(number);
    try {
      return desk.take(number, hash, MINUTE);
    } finally {
      desk.endReceiving();
    }
  }

  private void merge(SyncProgress progress, boolean over) {
    desk.update(
        progress.merged(
            new MergedRound(3, true, List.of("a"), "00", 1, 0, over, 1, null, null, null)));
  }

  private static void assertProblem(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, ProblemCode code) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ProblemException.class, problem -> assertThat(problem.code()).isEqualTo(code));
  }
}
