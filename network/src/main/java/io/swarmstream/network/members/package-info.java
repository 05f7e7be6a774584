/** Who belongs to the swarm, as the chain says. */
@NullMarked
package io.swarmstream.network.members;

import org.jspecify.annotations.NullMarked;
