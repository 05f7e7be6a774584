/**
 * The Flink graph that turns deltas into models: {@link io.swarmstream.operators.SwarmTopology}
 * wires it, the packages below hold its functions. They are thin shells over plain Java and know no
 * Kafka and no chain.
 */
@NullMarked
package io.swarmstream.operators;

import org.jspecify.annotations.NullMarked;
