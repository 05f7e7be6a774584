/** What the shell needs of a swarm, and how it reaches one as a member. */
@NullMarked
package io.swarmstream.shell.swarm;

import org.jspecify.annotations.NullMarked;
