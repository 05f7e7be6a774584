/** {@code swarm console}: logs a browser in to a network node's console. */
@NullMarked
package io.swarmstream.cli.console;

import org.jspecify.annotations.NullMarked;
