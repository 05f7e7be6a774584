/**
 * From the hashes of a model's chunks to the round record that binds them. {@code SealRounds} is
 * the Flink function and decides when a round is complete; {@code RoundSeal} decides what a record
 * says, {@code Pace} and {@code IntervalRule} how long sites train before the next merge.
 */
@NullMarked
package io.swarmstream.operators.sealing;

import org.jspecify.annotations.NullMarked;
