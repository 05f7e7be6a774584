/**
 * The page of a task agent for the owner of its host: what waits for the owner, what runs, and its
 * logs. Its acts are those of the commands {@code swarm agent approve} and {@code deny}.
 */
@NullMarked
package io.swarmstream.tasks.page;

import org.jspecify.annotations.NullMarked;
