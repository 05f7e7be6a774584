/** {@code swarm bench idle}: what a swarm costs that nobody trains with. */
@NullMarked
package io.swarmstream.lab.bench.idle;

import org.jspecify.annotations.NullMarked;
