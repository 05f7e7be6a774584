/** Site nodes on a real swarm, spoken with as a trainer does it. */
@NullMarked
package io.swarmstream.local.node;

import org.jspecify.annotations.NullMarked;
