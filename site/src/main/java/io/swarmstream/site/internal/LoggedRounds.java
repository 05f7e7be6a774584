package io.swarmstream.site.internal;

import io.swarmstream.clients.kafka.log.ContractLog;
import io.swarmstream.clients.kafka.log.PublishedRound;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.site.RoundProgress;
import io.swarmstream.site.RoundSummary;
import io.swarmstream.site.TrainingRounds;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/** Answers from the contract's log, which follows the rounds topic with a thread of its own. */
public final class LoggedRounds implements TrainingRounds {
  private final ContractLog log;
  private final ContractTerms terms;

  /** Reads from a log that somebody else closes. */
  public LoggedRounds(ContractLog log, ContractTerms terms) {
    this.log = log;
    this.terms = terms;
  }

  private RoundSummary summary(PublishedRound sealed) {
    return WireViews.summary(sealed, terms.trainedParameters());
  }

  @Override
  public Optional<RoundSummary> newest() {
    return log.rounds().newest().map(this::summary);
  }

  @Override
  public Optional<RoundSummary> find(long round) {
    return log.rounds().find(round).map(this::summary);
  }

  @Override
  public Optional<RoundProgress> open() {
    return log.rounds().notice().map(WireViews::progress);
  }

  @Override
  public RoundSummary await(long round, Duration deadline) throws InterruptedException {
    return summary(log.awaitRound(round, deadline));
  }

  @Override
  public RoundProgress awaitOpen(String what, Predicate<RoundProgress> wanted, Duration deadline)
      throws InterruptedException {
    return log.await(what, deadline, () -> open().filter(wanted));
  }

  @Override
  public boolean hasEnded() {
    return log.hasEnded();
  }
}
