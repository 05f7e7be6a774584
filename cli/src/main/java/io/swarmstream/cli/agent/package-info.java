/** {@code swarm agent}: runs tasks of the swarm on this host, and asks its owner. */
@NullMarked
package io.swarmstream.cli.agent;

import org.jspecify.annotations.NullMarked;
