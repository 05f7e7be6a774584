/** Tests of the shell with a swarm in memory. */
@NullMarked
package io.swarmstream.shell;

import org.jspecify.annotations.NullMarked;
