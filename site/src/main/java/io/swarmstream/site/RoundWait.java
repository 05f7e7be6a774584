package io.swarmstream.site;

import io.swarmstream.kafka.DeadlineException;
import io.swarmstream.kafka.client.ContractLog;
import io.swarmstream.schemas.Contribution;
import io.swarmstream.schemas.RejectionReason;
import io.swarmstream.schemas.avro.Rejection;
import io.swarmstream.schemas.avro.RoundNotice;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Waits for the round that a contribution was sent to, and sees to it that it arrives. */
final class RoundWait {
  /**
   * The round goes on without this contribution, or sending it again will mend it: wait all the
   * same.
   */
  private static final Set<RejectionReason> TO_BE_WAITED_OUT =
      EnumSet.of(
          RejectionReason.STALE_ROUND,
          RejectionReason.INCOMPLETE,
          RejectionReason.CONFLICTING,
          // The job may not have read the enrolment yet.
          RejectionReason.UNKNOWN_SITE);

  private final ContractLog log;
  private final String siteName;
  private final Duration resendAfter;

  RoundWait(ContractLog log, String siteName, Duration resendAfter) {
    this.log = log;
    this.siteName = siteName;
    this.resendAfter = resendAfter;
  }

  /**
   * Returns when the round is sealed.
   *
   * @param resend sends the contribution once more
   * @throws RejectedException when it was refused for good
   * @throws DeadlineException when the round is not sealed in time; says what it waits for
   */
  void await(Contribution contribution, Runnable resend, Duration deadline)
      throws InterruptedException {
    long end = System.nanoTime() + deadline.toNanos();
    long sentMs = System.currentTimeMillis();
    while (true) {
      Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
      boolean last = left.compareTo(resendAfter) <= 0;
      try {
        End over =
            log.await(
                "merged model of round " + contribution.round(),
                last ? left : resendAfter,
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
        if (misses(contribution.round(), sentMs)) {
          resend.run();
          sentMs = System.currentTimeMillis();
        }
      }
    }
  }

  /** The wait is over, because of a refusal or because the round is sealed. */
  private record End(@Nullable Rejection refusal) {}

  private Optional<End> answer(Contribution contribution) {
    if (log.rounds()
        .newest()
        .filter(newest -> newest.round() >= contribution.round())
        .isPresent()) {
      return Optional.of(new End(null));
    }
    return refusals(contribution).filter(RoundWait::isFinal).findFirst().map(End::new);
  }

  /** What the job has said against the contribution, but for chunks that it had already. */
  private Stream<Rejection> refusals(Contribution contribution) {
    String root = contribution.root().hex();
    return log.rejections().of(contribution.round()).stream()
        .filter(rejection -> rejection.getContribution().equals(root))
        .filter(rejection -> !rejection.getReason().equals(RejectionReason.DUPLICATE.code()));
  }

  private static boolean isFinal(Rejection rejection) {
    Optional<RejectionReason> reason = RejectionReason.ofCode(rejection.getReason());
    return reason.isEmpty() || !TO_BE_WAITED_OUT.contains(reason.get());
  }

  /** Whether the job, after it could have had the contribution, still says that it has not. */
  private boolean misses(long round, long sentMs) {
    Optional<RoundNotice> notice = log.rounds().notice();
    if (notice.isEmpty() || notice.get().getRound() != round) {
      // The job has not opened the round, or is away: what was sent stands in the log.
      return false;
    }
    RoundNotice newest = notice.get();
    boolean listed =
        newest.getMissing().contains(siteName)
            || newest.getMissingCount() > newest.getMissing().size();
    return listed && System.currentTimeMillis() - sentMs >= resendAfter.toMillis();
  }
}
