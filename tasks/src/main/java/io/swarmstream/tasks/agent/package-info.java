/**
 * The task agent: serves a taskrunner, asks its host's owner where that is needed, runs tasks with
 * a {@link io.swarmstream.tasks.run.ResourceManager}, reports what changes, and leaves nothing
 * behind when the run is over. What it does is on disk before it does it, so that an agent that was
 * killed goes on.
 */
@NullMarked
package io.swarmstream.tasks.agent;

import org.jspecify.annotations.NullMarked;
