/** Sets who may do what in Kafka, and the topics that a whole swarm shares. */
@NullMarked
package io.swarmstream.clients.kafka.access;

import org.jspecify.annotations.NullMarked;
