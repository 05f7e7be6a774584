/**
 * The mathematics of a round: how the deltas of several sites become one. {@link
 * io.swarmstream.merge.MergeMethods} lists the merge methods, each of which is a class here; add a
 * new method to that list. Everything here is a pure function of float arrays and integer weights
 * and knows nothing of streams, files or clocks. It produces the same bits for the same rows on
 * every machine, because no sum depends on the order of arrival or on how the compiler vectorises.
 */
@NullMarked
package io.swarmstream.merge;

import org.jspecify.annotations.NullMarked;
