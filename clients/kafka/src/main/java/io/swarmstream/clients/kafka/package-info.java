/**
 * Kafka as the project uses it: the broker's address ({@link
 * io.swarmstream.clients.kafka.KafkaEndpoint}), and the topics of a contract with their settings
 * ({@link io.swarmstream.clients.kafka.ContractTopics}). Moves bytes without interpreting records;
 * {@code log} interprets them.
 */
@NullMarked
package io.swarmstream.clients.kafka;

import org.jspecify.annotations.NullMarked;
