/** The {@code swarm} command: one class per subcommand, and one place that explains failures. */
@NullMarked
package io.swarmstream.cli;

import org.jspecify.annotations.NullMarked;
