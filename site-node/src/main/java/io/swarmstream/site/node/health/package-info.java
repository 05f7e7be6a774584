/**
 * Which parts of the swarm answer: {@code HealthCheck} asks the chain and Kafka every few seconds
 * and watches whether the job is silent; {@code SwarmHealth} is the immutable result that HTTP
 * threads read.
 */
@NullMarked
package io.swarmstream.site.node.health;

import org.jspecify.annotations.NullMarked;
