/**
 * {@code swarm network}: runs an organisation's network node, and says who belongs to the swarm.
 */
@NullMarked
package io.swarmstream.cli.network;

import org.jspecify.annotations.NullMarked;
