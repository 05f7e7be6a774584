package io.swarmstream.site.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstream.clients.kafka.DeadlineException;
import io.swarmstream.schemas.avro.Rejection;
import io.swarmstream.schemas.avro.RoundNotice;
import io.swarmstream.schemas.contribution.Contribution;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.rounds.RejectionReason;
import io.swarmstream.site.RejectedException;
import io.swarmstream.testkit.TestContract;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RoundWaitTest {
  private static final TestContract CONTRACT = TestContract.of("c", "mean", 2, 2, 30_000);
  private static final Contribution SENT =
      CONTRACT.contribution(0, 3, Hash.ZERO, CONTRACT.constant(1));
  private static final String ME = CONTRACT.site(0).name();
  private static final String OTHER = CONTRACT.site(1).name();
  private static final Duration PAUSE = Duration.ofSeconds(10);
  private static final Duration DEADLINE = Duration.ofSeconds(100);

  private final Script news = new Script();
  private final List<Long> resentAtSeconds = new ArrayList<>();

  /** How many refusals there were before. */
  private long sentAfter;

  @Test
  void endsWhenTheRoundIsSealed() throws Exception {
    news.at(7, () -> news.newest = 3);
    await();
    assertThat(news.nowSeconds).isEqualTo(7);
    assertThat(resentAtSeconds).isEmpty();
  }

  @Test
  void endsWhenALaterRoundIsSealed() throws Exception {
    news.at(7, () -> news.newest = 8);
    await();
    assertThat(news.nowSeconds).isEqualTo(7);
  }

  @Test
  void sendsAgainWhatTheJobStillMissesAPauseLater() throws Exception {
    news.at(1, () -> news.noticeOf(3, 1_000, ME));
    news.at(15, () -> news.noticeOf(3, 2_000, ME));
    news.at(25, () -> news.newest = 3);
    await();
    assertThat(resentAtSeconds).containsExactly(20L);
  }

  @Test
  void sendsAgainWhenTheJobDoesNotEvenWaitForTheSite() throws Exception {
    news.at(1, () -> news.absentOf(3, 1_000, ME));
    news.at(15, () -> news.absentOf(3, 2_000, ME));
    news.at(25, () -> news.newest = 3);
    await();
    assertThat(resentAtSeconds).containsExactly(20L);
  }

  @Test
  void sendsAgainInGrowingPauses() {
    for (int second = 1; second < 100; second += 5) {
      int said = second;
      news.at(second, () -> news.noticeOf(3, said, ME));
    }
    assertThatThrownBy(this::await).isInstanceOf(DeadlineException.class);
    // Two pauses of 10 s, two of 20 s; two of 40 s would end after the deadline.
    assertThat(resentAtSeconds).containsExactly(20L, 60L);
  }

  @Test
  void doesNotSendAgainWhatTheJobHas() {
    news.at(1, () -> news.noticeOf(3, 1_000, OTHER));
    news.at(15, () -> news.noticeOf(3, 2_000, OTHER));
    assertThatThrownBy(this::await).isInstanceOf(DeadlineException.class);
    assertThat(resentAtSeconds).isEmpty();
  }

  @Test
  void doesNotSendAgainToAJobThatIsAway() {
    news.at(1, () -> news.noticeOf(3, 1_000, ME));
    assertThatThrownBy(this::await).isInstanceOf(DeadlineException.class);
    assertThat(resentAtSeconds).isEmpty();
  }

  @Test
  void doesNotSendAgainForWhatIsSaidOfAnotherRound() {
    news.at(1, () -> news.noticeOf(2, 1_000, ME));
    news.at(15, () -> news.noticeOf(2, 2_000, ME));
    assertThatThrownBy(this::await).isInstanceOf(DeadlineException.class);
    assertThat(resentAtSeconds).isEmpty();
  }

  @Test
  void neverWaitsLongerThanTheDeadline() {
    assertThatThrownBy(this::await)
        .isInstanceOf(DeadlineException.class)
        .hasMessageContaining("round 3");
    assertThat(news.nowSeconds).isEqualTo(DEADLINE.toSeconds());
  }

  @ParameterizedTest
  @EnumSource(names = {"WRONG_TERMS", "NOT_FINITE", "WRONG_BASE", "FUTURE_ROUND", "NOT_RESTORED"})
  void endsWithARefusalThatSendingAgainDoesNotMend(RejectionReason reason) {
    news.at(4, () -> news.refuse(SENT, reason));
    assertThatThrownBy(this::await)
        .isInstanceOfSatisfying(
            RejectedException.class,
            refused -> assertThat(refused.reason()).isEqualTo(reason.code()));
    assertThat(news.nowSeconds).isEqualTo(4);
  }

  @ParameterizedTest
  @EnumSource(
      names = {"CONFLICTING", "TOO_MANY", "STALE_ROUND", "INCOMPLETE", "BAD_HASH", "DUPLICATE"})
  void waitsOnAfterARefusalThatDoesNotKeepTheModelFromIt(RejectionReason reason) throws Exception {
    news.at(4, () -> news.refuse(SENT, reason));
    news.at(9, () -> news.newest = 3);
    await();
    assertThat(news.nowSeconds).isEqualTo(9);
  }

  @Test
  void tellsTheRefusalWhenTheRoundIsNotSealedInTime() {
    news.at(4, () -> news.refuse(SENT, RejectionReason.CONFLICTING));
    assertThatThrownBy(this::await)
        .isInstanceOf(RejectedException.class)
        .hasMessageContaining("conflicting");
  }

  @Test
  void sendsAgainSoonWhatTheJobTookForAStrangers() throws Exception {
    news.at(4, () -> news.refuse(SENT, RejectionReason.UNKNOWN_SITE));
    news.at(6, () -> news.refuse(SENT, RejectionReason.UNKNOWN_SITE));
    news.at(20, () -> news.newest = 3);
    await();
    assertThat(resentAtSeconds).containsExactly(5L, 8L);
  }

  @Test
  void endsWithTheRefusalOfASiteThatStaysAStranger() {
    for (int second = 1; second < 100; second++) {
      news.at(second, () -> news.refuse(SENT, RejectionReason.UNKNOWN_SITE));
    }
    assertThatThrownBy(this::await)
        .isInstanceOf(RejectedException.class)
        .hasMessageContaining("unknown-site");
    assertThat(resentAtSeconds).hasSizeLessThan(7);
  }

  @Test
  void doesNotHearRefusalsOfOtherContributions() throws Exception {
    Contribution earlier = CONTRACT.contribution(0, 3, Hash.ZERO, CONTRACT.constant(2));
    news.at(4, () -> news.refuse(earlier, RejectionReason.NOT_FINITE));
    news.at(9, () -> news.newest = 3);
    await();
    assertThat(news.nowSeconds).isEqualTo(9);
  }

  @Test
  void doesNotHearARefusalFromBeforeItWasSent() throws Exception {
    news.refuse(SENT, RejectionReason.BAD_HEADER); // and then its enrolment was changed
    sentAfter = 1;
    news.at(9, () -> news.newest = 3);
    await();
    assertThat(news.nowSeconds).isEqualTo(9);
  }

  private void await() throws InterruptedException {
    new RoundWait(news, ME, PAUSE, sentAfter)
        .await(SENT, left -> resentAtSeconds.add(news.nowSeconds), DEADLINE);
  }

  /** News that come at given seconds of a time that goes by only while somebody waits. */
  private static final class Script implements RoundWait.News {
    private final TreeMap<Long, Runnable> coming = new TreeMap<>();
    private final List<Rejection> rejections = new ArrayList<>();
    private long nowSeconds;
    private long newest = -1;
    private Optional<RoundNotice> notice = Optional.empty();

    void at(long second, Runnable news) {
      coming.put(second, news);
    }

    void noticeOf(long round, long atMs, String missing) {
      say(round, atMs, List.of(missing), List.of());
    }

    void absentOf(long round, long atMs, String absent) {
      say(round, atMs, List.of(), List.of(absent));
    }

    private void say(long round, long atMs, List<String> missing, List<String> absent) {
      notice =
          Optional.of(
              new RoundNotice("c", round, 1, 2, missing, missing.size(), absent, -1L, "", atMs));
    }

    void refuse(Contribution contribution, RejectionReason reason) {
      rejections.add(
          new Rejection(
              "c",
              reason.code(),
              "payload",
              "is no good",
              CONTRACT.site(0).address(),
              contribution.round(),
              0,
              contribution.root().hex(),
              "t",
              0,
              0L,
              1L));
    }

    @Override
    public <T> T await(String what, Duration deadline, Supplier<Optional<T>> question) {
      long end = nowSeconds + deadline.toSeconds();
      while (true) {
        Optional<T> answer = question.get();
        if (answer.isPresent()) {
          return answer.get();
        }
        if (coming.isEmpty() || coming.firstKey() > end) {
          nowSeconds = end;
          throw new DeadlineException(what + " did not come");
        }
        nowSeconds = coming.firstKey();
        coming.pollFirstEntry().getValue().run();
      }
    }

    @Override
    public Optional<Long> newestRound() {
      return newest < 0 ? Optional.empty() : Optional.of(newest);
    }

    @Override
    public Optional<RoundNotice> notice() {
      return notice;
    }

    @Override
    public List<Rejection> rejections(long round, long after) {
      return rejections.stream()
          .skip(after)
          .filter(rejection -> rejection.getRound() == round)
          .toList();
    }

    @Override
    public void pause(Duration duration) {
      long end = nowSeconds + duration.toSeconds();
      while (!coming.isEmpty() && coming.firstKey() <= end) {
        coming.pollFirstEntry().getValue().run();
      }
      nowSeconds = end;
    }

    @Override
    public long nanoTime() {
      return Duration.ofSeconds(nowSeconds).toNanos();
    }
  }
}
