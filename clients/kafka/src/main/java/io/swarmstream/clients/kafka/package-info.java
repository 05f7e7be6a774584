/**
 * Kafka as the project uses it: where the broker is ({@link
 * io.swarmstream.clients.kafka.KafkaEndpoint}), and the topics of a contract with their settings
 * ({@link io.swarmstream.clients.kafka.ContractTopics}). Moves bytes and does not look into a
 * record; {@code log} does.
 */
@NullMarked
package io.swarmstream.clients.kafka;

import org.jspecify.annotations.NullMarked;
