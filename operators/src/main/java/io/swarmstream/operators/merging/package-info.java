/**
 * From the gathered deltas of a chunk to the merged model's chunk. {@link
 * io.swarmstream.operators.merging.ChunkMerge} has the arithmetic, which job and verification
 * share; it calls the merge method that the contract names ({@code
 * io.swarmstream.merge.MergeMethods}). {@code MergeRound} is the Flink function that applies it and
 * publishes the chunk, {@code SolveCoefficients} the one that sums what a round has to know of
 * whole deltas first ({@code FirstPass}). {@code RoundLimits} decides what a site counts and how
 * long its delta may be, {@code DeltaFigures} what the record says of each delta, from {@code
 * DeltaSums}, {@code ModelStep} how a chunk of the newest model is found or made again.
 */
@NullMarked
package io.swarmstream.operators.merging;

import org.jspecify.annotations.NullMarked;
