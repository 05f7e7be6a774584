/** The command interface of a swarm: {@link Shell} runs it, {@link ShellOptions} say how. */
@NullMarked
package io.swarmstream.shell;

import org.jspecify.annotations.NullMarked;
