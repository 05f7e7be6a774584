/**
 * Proves afterwards which contributions made a model. {@code Verifier} is the script: {@code
 * ChainReader} reads the chain, {@code RecordSelection} and {@code RecordCheck} check the round
 * records against it, {@code RoundReplays} merges the rounds again in bounded Flink jobs, and
 * {@code Judge} decides, from all of this, whether a round is proven. {@code ModelExport} returns a
 * proven model.
 */
@NullMarked
package io.swarmstream.verification;

import org.jspecify.annotations.NullMarked;
