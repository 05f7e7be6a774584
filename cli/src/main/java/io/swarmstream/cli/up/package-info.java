/** {@code swarm up}: runs a local swarm until it is stopped. */
@NullMarked
package io.swarmstream.cli.up;

import org.jspecify.annotations.NullMarked;
