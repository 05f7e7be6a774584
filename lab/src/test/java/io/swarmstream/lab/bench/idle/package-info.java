/** Tests of {@code swarm bench idle} without a swarm. */
@NullMarked
package io.swarmstream.lab.bench.idle;

import org.jspecify.annotations.NullMarked;
