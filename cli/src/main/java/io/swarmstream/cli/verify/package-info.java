/** What {@code swarm verify} prints for people while it works, and for programs at the end. */
@NullMarked
package io.swarmstream.cli.verify;

import org.jspecify.annotations.NullMarked;
