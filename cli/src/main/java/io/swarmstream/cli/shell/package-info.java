/** {@code swarm shell}, also called {@code swci}. */
@NullMarked
package io.swarmstream.cli.shell;

import org.jspecify.annotations.NullMarked;
