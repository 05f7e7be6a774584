package io.swarmstream.site.internal;

import io.swarmstream.clients.kafka.log.ContractLog;
import io.swarmstream.site.RoundProgress;
import io.swarmstream.site.RoundSummary;
import io.swarmstream.site.TrainingRounds;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/** Answers from the contract's log, which follows the rounds topic with a thread of its own. */
public final class LoggedRounds implements TrainingRounds {
  private final ContractLog log;

  /** Reads from a log that somebody else closes. */
  public LoggedRounds(ContractLog log) {
    this.log = log;
  }

  @Override
  public Optional<RoundSummary> newest() {
    return log.rounds().newest().map(WireViews::summary);
  }

  @Override
  public Optional<RoundSummary> find(long round) {
    return log.rounds().find(round).map(WireViews::summary);
  }

  @Override
  public Optional<RoundProgress> open() {
    return log.rounds().notice().map(WireViews::progress);
  }

  @Override
  public RoundSummary await(long round, Duration deadline) throws InterruptedException {
    return WireViews.summary(log.awaitRound(round, deadline));
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
