/**
 * What a training loop needs around its syncs, for models in memory: {@link
 * io.swarmstream.site.training.SharedTensors} shares a part of a model, {@link
 * io.swarmstream.site.training.ProximalTerm} keeps sites with different data together, {@link
 * io.swarmstream.site.training.Evaluator} judges models on the site's own data and keeps the best
 * one in a file, and {@link io.swarmstream.site.training.Patience} stops all sites after the same
 * round.
 *
 * <p>All of it follows the same rules as the options of the Python package, so that programs in
 * both languages can train in one contract. It is API, as the package above it is. Its classes are
 * for one thread.
 */
@NullMarked
package io.swarmstream.site.training;

import org.jspecify.annotations.NullMarked;
