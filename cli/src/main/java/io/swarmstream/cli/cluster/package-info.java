/** {@code swarm cluster}: runs a swarm as processes of this machine. */
@NullMarked
package io.swarmstream.cli.cluster;

import org.jspecify.annotations.NullMarked;
