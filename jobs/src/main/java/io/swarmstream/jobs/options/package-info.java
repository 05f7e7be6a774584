/**
 * Options that mean the same in every command and in the jobs: {@code ConnectionOptions} specifies
 * how to reach Kafka and the chain, {@code SwarmProperties} is the file that specifies it for a
 * whole swarm.
 */
@NullMarked
package io.swarmstream.jobs.options;

import org.jspecify.annotations.NullMarked;
