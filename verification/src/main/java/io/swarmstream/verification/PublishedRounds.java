package io.swarmstream.verification;

import java.util.NavigableMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the topics still hold of what the rounds made.
 *
 * @param records one for each round that has any
 * @param state of the optimizer; null: the contract has none
 */
record PublishedRounds(
    NavigableMap<Long, LoggedRound> records,
    PublishedModels models,
    @Nullable PublishedModels state) {

  /** Flaws of single chunks, and chunks that contradict each other. */
  Stream<Finding> findings() {
    Stream<Finding> ofModels = models.findings().stream();
    return state == null ? ofModels : Stream.concat(ofModels, state.findings().stream());
  }

  /** Whether all that a round starts from is there, and is what the records name. */
  boolean isBaseOf(LoggedRound round) {
    @Nullable LoggedRound before = records.get(round.round() - 1);
    // After round 0 the optimizer has not begun.
    return models.isBaseOf(round)
        && (state == null || round.round() <= 1 || (before != null && state.isStateOf(before)));
  }
}
