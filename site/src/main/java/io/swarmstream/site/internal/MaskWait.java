package io.swarmstream.site.internal;

import io.swarmstream.clients.kafka.DeadlineException;
import io.swarmstream.clients.kafka.log.ContractLog;
import io.swarmstream.clients.kafka.log.PublishedRound;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.avro.MaskCohort;
import io.swarmstream.schemas.contribution.Contribution;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.masking.Cohort;
import io.swarmstream.schemas.masking.DeltaMask;
import io.swarmstream.schemas.masking.SiteSecrets;
import io.swarmstream.site.SiteException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits until it is known among whom a site masks its delta, and keeps it from masking twice. */
final class MaskWait {
  private static final Logger LOG = LoggerFactory.getLogger(MaskWait.class);

  private final SiteConnection connection;
  private final ContractTerms terms;
  private final ContractLog log;
  private final String address;
  private final SiteSecrets secrets;
  private final MaskMemory memory;
  private final CohortCheck check;
  private final Presence presence;
  private final MaskNeeds needs;

  MaskWait(
      SiteConnection connection,
      SiteSecrets secrets,
      MaskMemory memory,
      CohortCheck check,
      Presence presence) {
    this.connection = connection;
    this.terms = connection.terms();
    this.log = connection.log();
    this.address = connection.key().address();
    this.secrets = secrets;
    this.memory = memory;
    this.check = check;
    this.presence = presence;
    this.needs = MaskNeeds.of(connection);
  }

  /**
   * Waits for the cohort of a round, and says that the site takes part if the job does not count on
   * it.
   *
   * @return the masks of this site; null: the round is over, or goes on without this site
   * @throws SiteException when no site should mask under the cohort
   */
  @Nullable DeltaMask await(long round, Hash base, Duration deadline) throws InterruptedException {
    long end = System.nanoTime() + deadline.toNanos();
    if (log.masks().roster().isPresent() && isMissed()) {
      presence.join(deadline); // the job has missed this site for a while
    }
    while (true) {
      Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
      Duration patience = connection.options().resendAfter();
      boolean last = left.compareTo(patience) <= 0;
      try {
        Found found =
            log.await("the cohort of round " + round, last ? left : patience, () -> found(round));
        return found.cohort() == null ? null : mask(Cohort.of(found.cohort()), base);
      } catch (DeadlineException e) {
        if (last) {
          throw e;
        }
        if (isMissed()) {
          presence.join(patience);
        }
      }
    }
  }

  /**
   * What ends the wait for a cohort.
   *
   * @param cohort null: the round is over
   */
  private record Found(@Nullable MaskCohort cohort) {}

  private Optional<Found> found(long round) {
    return openRound() > round
        ? Optional.of(new Found(null))
        : log.masks().cohort(round).map(Found::new);
  }

  private boolean isMissed() {
    return needs.isMissed(log.masks().roster(), log.rounds().notice());
  }

  private @Nullable DeltaMask mask(Cohort cohort, Hash base) throws InterruptedException {
    if (!cohort.has(address) || !check.knowsRoster(cohort)) {
      LOG.info(
          "Contract {}: round {} began without this site; it takes part in the next one",
          terms.contract(),
          cohort.round());
      presence.join(connection.options().joinDeadline());
      return null;
    }
    Optional<String> flaw = check.flaw(cohort);
    if (flaw.isPresent()) {
      throw new SiteException(
          "the cohort of round %d of contract %s is not one to mask a delta among: %s; ask the coordinator's operator"
              .formatted(cohort.round(), terms.contract(), flaw.get()));
    }
    return cohort.baseHash().equals(base) ? DeltaMask.of(secrets, address, cohort) : null;
  }

  /** Whether a masked contribution may be sent: not if the site has sent another to the round. */
  boolean maySend(Contribution contribution, DeltaMask mask) {
    boolean may = memory.mayContribute(contribution.round(), mask.cohort(), contribution.root());
    if (!may) {
      LOG.warn(
          "Contract {}: this site has sent another contribution to round {}. A second one under the same masks would"
              + " give both away, so it is not sent.",
          terms.contract(),
          contribution.round());
    }
    return may;
  }

  private long openRound() {
    return log.rounds().newest().map(PublishedRound::round).orElse(-1L) + 1;
  }
}
