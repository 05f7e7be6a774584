/** Tests of {@code swarm network} and of member sites. */
@NullMarked
package io.swarmstream.cli.network;

import org.jspecify.annotations.NullMarked;
