/** {@code swarm up}: a local swarm that stays until it is stopped. */
@NullMarked
package io.swarmstream.cli.up;

import org.jspecify.annotations.NullMarked;
