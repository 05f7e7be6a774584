package io.swarmstream.site;

import io.swarmstream.kafka.DeadlineException;
import io.swarmstream.kafka.client.ContractLog;
import io.swarmstream.kafka.client.SealedRound;
import io.swarmstream.schemas.Contribution;
import io.swarmstream.schemas.RejectionReason;
import io.swarmstream.schemas.avro.Rejection;
import io.swarmstream.schemas.avro.RoundNotice;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Waits for the round that a contribution was sent to, and sees to it that it arrives. */
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
          RejectionReason.BAD_HEADER,
          RejectionReason.NOT_FINITE,
          RejectionReason.BAD_SCALE,
          RejectionReason.FUTURE_ROUND,
          RejectionReason.WRONG_BASE,
          RejectionReason.NOT_RESTORED);

  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

  private final News news;
  private final String siteName;
  private final Duration resendAfter;

  RoundWait(News news, String siteName, Duration resendAfter) {
    this.news = news;
    this.siteName = siteName;
    this.resendAfter = resendAfter;
  }

  /** What the job has said of the contract's rounds, and of this site's contributions. */
  interface News {
    /** Waits until the question has an answer; fails as {@link ContractLog#await} does. */
    <T> T await(String what, Duration deadline, Supplier<Optional<T>> question)
        throws InterruptedException;

    /** The highest round that is sealed. */
    Optional<Long> newestRound();

    Optional<RoundNotice> notice();

    List<Rejection> rejections(long round);

    /** As of {@link System#nanoTime}. */
    long nanoTime();

    static News of(ContractLog log) {
      return new News() {
        @Override
        public <T> T await(String what, Duration deadline, Supplier<Optional<T>> question)
            throws InterruptedException {
          return log.await(what, deadline, question);
        }

        @Override
        public Optional<Long> newestRound() {
          return log.rounds().newest().map(SealedRound::round);
        }

        @Override
        public Optional<RoundNotice> notice() {
          return log.rounds().notice();
        }

        @Override
        public List<Rejection> rejections(long round) {
          return log.rejections().of(round);
        }

        @Override
        public long nanoTime() {
          return System.nanoTime();
        }
      };
    }
  }

  /** Sends the contribution once more, in no more than this time. */
  @FunctionalInterface
  interface Resend {
    void within(Duration left) throws InterruptedException;
  }

  /** The wait is over, because of a refusal or because the round is sealed. */
  private record End(@Nullable Rejection refusal) {}

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
    Optional<RoundNotice> earlier = Optional.empty();
    while (true) {
      Duration left = Duration.ofNanos(Math.max(0, end - news.nanoTime()));
      boolean last = left.compareTo(pause) <= 0;
      try {
        End over =
            news.await(
                "merged model of round " + contribution.round(),
                last ? left : pause,
                () -> answer(contribution));
        if (over.refusal() != null) {
          throw new RejectedException(over.refusal());
        }
        return;
      } catch (DeadlineException e) {
        if (last) {
          throw refusals(contribution)
              .findFirst()
              .<RuntimeException>map(RejectedException::new)
              .orElse(e);
        }
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

  private Optional<End> answer(Contribution contribution) {
    if (news.newestRound().filter(newest -> newest >= contribution.round()).isPresent()) {
      return Optional.of(new End(null));
    }
    return refusals(contribution).filter(RoundWait::isFinal).findFirst().map(End::new);
  }

  /** What the job has said against the contribution, but for chunks that it had already. */
  private Stream<Rejection> refusals(Contribution contribution) {
    String root = contribution.root().hex();
    return news.rejections(contribution.round()).stream()
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
