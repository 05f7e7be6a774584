package io.swarmstream.site.internal;

import io.swarmstream.clients.kafka.DeadlineException;
import io.swarmstream.clients.kafka.log.ContractLog;
import io.swarmstream.clients.kafka.log.PublishedRound;
import io.swarmstream.schemas.avro.Rejection;
import io.swarmstream.schemas.avro.RoundNotice;
import io.swarmstream.schemas.contribution.Contribution;
import io.swarmstream.schemas.rounds.RejectionReason;
import io.swarmstream.site.RejectedException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Waits for the round of a contribution, and sends the contribution again if the job misses it. */
final class RoundWait {
  /**
   * What the job says after it has checked the signature, of what the signature covers: only the
   * site itself can have brought it about. Anything else may be about a copy of its chunk that
   * somebody has changed, or mends itself.
   */
  private static final Set<RejectionReason> FINAL =
      EnumSet.of(
          RejectionReason.WRONG_TERMS,
          RejectionReason.WRONG_ENCODING,
          RejectionReason.WRONG_PAYLOAD_HASH,
          RejectionReason.BAD_HEADER,
          RejectionReason.NOT_FINITE,
          RejectionReason.BAD_SCALE,
          RejectionReason.NOT_CANONICAL,
          RejectionReason.FUTURE_ROUND,
          RejectionReason.WRONG_BASE,
          RejectionReason.NOT_RESTORED);

  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

  /** From a refusal as a stranger until the contribution is sent again; twice as long each time. */
  private static final Duration ENROLMENT_PAUSE = Duration.ofSeconds(1);

  private final News news;
  private final String siteName;
  private final Duration resendAfter;
  private final long rejectionsBefore;

  /**
   * Prepares a wait.
   *
   * @param rejectionsBefore how many rejections had come before the contribution was sent: the same
   *     weights may have been sent before, and what was wrong with that been mended since
   */
  RoundWait(News news, String siteName, Duration resendAfter, long rejectionsBefore) {
    this.news = news;
    this.siteName = siteName;
    this.resendAfter = resendAfter;
    this.rejectionsBefore = rejectionsBefore;
  }

  /** What the job has said of the contract's rounds, and of this site's contributions. */
  interface News {
    /** Waits until the question has an answer; fails as {@link ContractLog#await} does. */
    <T> T await(String what, Duration deadline, Supplier<Optional<T>> question)
        throws InterruptedException;

    /** The highest round that is sealed. */
    Optional<Long> newestRound();

    Optional<RoundNotice> notice();

    /** Without the first so many of all that came. */
    List<Rejection> rejections(long round, long after);

    /** As of {@link System#nanoTime}. */
    long nanoTime();

    void pause(Duration duration) throws InterruptedException;

    static News of(ContractLog log) {
      return new News() {
        @Override
        public <T> T await(String what, Duration deadline, Supplier<Optional<T>> question)
            throws InterruptedException {
          return log.await(what, deadline, question);
        }

        @Override
        public Optional<Long> newestRound() {
          return log.rounds().newest().map(PublishedRound::round);
        }

        @Override
        public Optional<RoundNotice> notice() {
          return log.rounds().notice();
        }

        @Override
        public List<Rejection> rejections(long round, long after) {
          return log.rejections().of(round, after);
        }

        @Override
        public long nanoTime() {
          return System.nanoTime();
        }

        @Override
        public void pause(Duration duration) throws InterruptedException {
          TimeUnit.NANOSECONDS.sleep(duration.toNanos());
        }
      };
    }
  }

  /** Sends the contribution once more, in no more than this time. */
  @FunctionalInterface
  interface Resend {
    void within(Duration left) throws InterruptedException;
  }

  /**
   * The round is sealed when there is no refusal; else the contribution is refused for good, or as
   * one of a stranger.
   */
  private record Answer(@Nullable Rejection refusal) {}

  /**
   * Returns when the round is sealed.
   *
   * @throws RejectedException when it was refused for good, or was refused and the round is not
   *     sealed in time
   * @throws DeadlineException when the round is not sealed in time; says what it waits for
   */
  void await(Contribution contribution, Resend resend, Duration deadline)
      throws InterruptedException {
    long end = news.nanoTime() + deadline.toNanos();
    Duration pause = resendAfter;
    Duration enrolmentPause = ENROLMENT_PAUSE;
    long asStranger = 0;
    Optional<RoundNotice> earlier = Optional.empty();
    while (true) {
      Duration left = Duration.ofNanos(Math.max(0, end - news.nanoTime()));
      boolean last = left.compareTo(pause) <= 0;
      Optional<Answer> answer = answerWithin(last ? left : pause, last, contribution, asStranger);
      if (answer.isPresent()) {
        Rejection refusal = answer.get().refusal();
        if (refusal == null) {
          return;
        }
        if (isFinal(refusal) || left.compareTo(enrolmentPause) <= 0) {
          throw WireViews.rejected(refusal);
        }
        news.pause(enrolmentPause);
        enrolmentPause = enrolmentPause.multipliedBy(2);
        asStranger = refusalsAsStranger(contribution).count();
        resend.within(Duration.ofNanos(Math.max(1, end - news.nanoTime())));
        continue;
      }
      Optional<RoundNotice> now = news.notice();
      if (misses(contribution.round(), earlier, now)) {
        resend.within(Duration.ofNanos(Math.max(1, end - news.nanoTime())));
        pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : pause;
        earlier = Optional.empty();
      } else {
        earlier = now;
      }
    }
  }

  /** Empty when there is none in this time and it is not the last. */
  private Optional<Answer> answerWithin(
      Duration time, boolean last, Contribution contribution, long asStranger)
      throws InterruptedException {
    try {
      return Optional.of(
          news.await(
              "merged model of round " + contribution.round(),
              time,
              () -> answer(contribution, asStranger)));
    } catch (DeadlineException e) {
      if (last) {
        throw refusals(contribution)
            .findFirst()
            .<RuntimeException>map(WireViews::rejected)
            .orElse(e);
      }
      return Optional.empty();
    }
  }

  /**
   * The first answer there is.
   *
   * @param asStranger refusals as one of a stranger that have been acted upon
   */
  private Optional<Answer> answer(Contribution contribution, long asStranger) {
    if (news.newestRound().filter(newest -> newest >= contribution.round()).isPresent()) {
      return Optional.of(new Answer(null));
    }
    return refusals(contribution)
        .filter(RoundWait::isFinal)
        .findFirst()
        .or(() -> refusalsAsStranger(contribution).skip(asStranger).findFirst())
        .map(Answer::new);
  }

  /** The job has not read on the chain yet that the site is enrolled. */
  private Stream<Rejection> refusalsAsStranger(Contribution contribution) {
    return refusals(contribution)
        .filter(rejection -> rejection.getReason().equals(RejectionReason.UNKNOWN_SITE.code()));
  }

  /** What the job has said against the contribution, but for chunks that it had already. */
  private Stream<Rejection> refusals(Contribution contribution) {
    String root = contribution.root().hex();
    return news.rejections(contribution.round(), rejectionsBefore).stream()
        .filter(rejection -> rejection.getContribution().equals(root))
        .filter(rejection -> !rejection.getReason().equals(RejectionReason.DUPLICATE.code()));
  }

  private static boolean isFinal(Rejection rejection) {
    return RejectionReason.ofCode(rejection.getReason()).filter(FINAL::contains).isPresent();
  }

  /**
   * Whether the job still says that it has not what was sent a pause ago, in a newer notice than
   * there was then: the site is missing, or not even waited for. Without a newer one the job is
   * away, and what was sent stands in the log.
   */
  private boolean misses(long round, Optional<RoundNotice> earlier, Optional<RoundNotice> now) {
    return earlier.isPresent()
        && now.isPresent()
        && now.get().getRound() == round
        && now.get().getAtMs() > earlier.get().getAtMs()
        && (now.get().getMissing().contains(siteName) || now.get().getAbsent().contains(siteName));
  }
}
