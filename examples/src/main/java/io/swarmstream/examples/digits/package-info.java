/**
 * A complete example of a trainer: handwritten digits, a split that gives every site only a few of
 * the ten digits, and a small network trained by mini-batches on ND4J.
 *
 * <p>Nothing here knows about rounds, topics or chains. A trainer sees the swarm only as a flat
 * vector of weights that it hands out with {@link io.swarmstream.examples.digits.Trainer#weights()}
 * and takes back with {@link io.swarmstream.examples.digits.Trainer#load(float[])}.
 */
@NullMarked
package io.swarmstream.examples.digits;

import org.jspecify.annotations.NullMarked;
