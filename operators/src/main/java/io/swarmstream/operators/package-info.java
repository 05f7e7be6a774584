/**
 * The Flink graph that turns deltas into models. {@link io.swarmstream.operators.SwarmTopology}
 * wires it; each package below holds one step, in the order of a contribution's way:
 *
 * <ul>
 *   <li>{@code admission}: which records are valid.
 *   <li>{@code coordination}: which contributions a round merges, and when it closes.
 *   <li>{@code window}: when a chunk has all the deltas of its plan.
 *   <li>{@code merging}: the next model's chunk.
 *   <li>{@code sealing}: the round record.
 * </ul>
 *
 * <p>{@code messages} are what the steps send each other, {@code payloads} where the deltas' bytes
 * are meanwhile. The functions are thin shells over plain Java and know neither Kafka nor the
 * chain.
 */
@NullMarked
package io.swarmstream.operators;

import org.jspecify.annotations.NullMarked;
