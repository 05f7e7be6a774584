/** Task agents at a real, secured swarm. */
@NullMarked
package io.swarmstream.lab.tasks;

import org.jspecify.annotations.NullMarked;
