/**
 * Benchmarks the kernels of {@code merge/} one by one, and the payload hashes, on one chunk of a
 * round: shows where the time goes, and whether a change to one of them pays off. {@code ./swarm
 * bench kernels} compares whole merges.
 */
@NullMarked
package io.swarmstream.benchmarks;

import org.jspecify.annotations.NullMarked;
