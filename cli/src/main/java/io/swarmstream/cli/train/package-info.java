/** {@code swarm train}: runs a training on a cluster, with a process for each site. */
@NullMarked
package io.swarmstream.cli.train;

import org.jspecify.annotations.NullMarked;
