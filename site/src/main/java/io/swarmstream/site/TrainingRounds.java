package io.swarmstream.site;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.LongStream;

/**
 * A contract's rounds as a site has read them so far: the newest 128 that are sealed, and the open
 * one. Any number of threads may ask and wait.
 */
@PublicApi
public interface TrainingRounds {
  /** The highest sealed round; empty before round 0 is sealed. */
  Optional<RoundSummary> newest();

  /** A sealed round; empty when it is not sealed yet, or older than those kept. */
  Optional<RoundSummary> find(long round);

  /**
   * Whether a round has ended the training, from one that was contributed to until the newest:
   * others may have been sealed in between.
   *
   * @param newest what {@link SwarmSite#await} returned for the contribution
   */
  default boolean endTrainingSince(long round, Merged newest) {
    return newest.summary().endsTraining()
        || LongStream.range(round, newest.round())
            .mapToObj(this::find)
            .anyMatch(found -> found.filter(RoundSummary::endsTraining).isPresent());
  }

  /** The open round; empty before the job has said anything of the contract. */
  Optional<RoundProgress> open();

  /**
   * Waits for a round to be sealed.
   *
   * @throws io.swarmstream.clients.kafka.DeadlineException when it is not sealed in time; says what
   *     it waits for
   * @throws IllegalArgumentException when it is older than those kept
   * @throws InterruptedException when the thread is interrupted
   */
  RoundSummary await(long round, Duration deadline) throws InterruptedException;

  /**
   * Waits for the job to say what the caller wants to hear.
   *
   * @param what the news waited for, for the message
   * @param wanted asked at once and after each news, by one thread at a time; must return at once
   * @throws io.swarmstream.clients.kafka.DeadlineException when it is not said in time
   * @throws InterruptedException when the thread is interrupted
   */
  RoundProgress awaitOpen(String what, Predicate<RoundProgress> wanted, Duration deadline)
      throws InterruptedException;

  /** Whether the log can no longer be read; close the site and join again. */
  boolean hasEnded();
}
