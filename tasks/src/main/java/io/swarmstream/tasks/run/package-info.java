/**
 * What carries tasks out on a host: a {@link ResourceManager} builds what trainers run in, starts
 * trainers, finds them again after a restart of the agent, and removes them. Two of them exist:
 * containers and processes.
 */
@NullMarked
package io.swarmstream.tasks.run;

import org.jspecify.annotations.NullMarked;
