/** Sets a network node up: the first one of a swarm, or one that joins by an invitation. */
@NullMarked
package io.swarmstream.network.setup;

import org.jspecify.annotations.NullMarked;
