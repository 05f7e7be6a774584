package io.swarmstream.site.internal;

import io.swarmstream.clients.kafka.log.ContractLog;
import io.swarmstream.schemas.contribution.Contribution;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Waits until a round is sealed that this site has contributed to, or that goes on without it. */
final class SealWait {
  private final SiteConnection connection;
  private final ContributionSender sender;

  SealWait(SiteConnection connection, ContributionSender sender) {
    this.connection = connection;
    this.sender = sender;
  }

  /** Fails as {@link RoundWait#await} does. */
  void await(SentContribution sent, Duration deadline) throws InterruptedException {
    ContractLog log = connection.log();
    @Nullable Contribution contribution = sent.contribution();
    if (contribution == null) {
      var unused =
          log.await(
              "merged model of round " + sent.round(),
              deadline,
              () -> log.rounds().newest().filter(newest -> newest.round() >= sent.round()));
      return;
    }
    new RoundWait(
            RoundWait.News.of(log),
            connection.site().name(),
            connection.options().resendAfter(),
            sent.rejectionsBefore())
        .await(contribution, left -> sender.resend(contribution, left), deadline);
  }
}
