/** Prints the progress of {@code swarm verify} for people, and its result for programs. */
@NullMarked
package io.swarmstream.cli.verify;

import org.jspecify.annotations.NullMarked;
