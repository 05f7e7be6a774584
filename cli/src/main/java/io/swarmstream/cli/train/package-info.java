/** {@code swarm train}: a training on a cluster, with each site as a process of its own. */
@NullMarked
package io.swarmstream.cli.train;

import org.jspecify.annotations.NullMarked;
