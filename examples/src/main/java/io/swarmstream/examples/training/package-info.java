/**
 * A training that takes part in a swarm: the site library and the trainer, joined by the sync
 * interval.
 */
@NullMarked
package io.swarmstream.examples.training;

import org.jspecify.annotations.NullMarked;
