/**
 * The way between our records and Kafka: where the broker is ({@link
 * io.swarmstream.clients.kafka.KafkaEndpoint}), the topics of a contract and their settings ({@link
 * io.swarmstream.clients.kafka.ContractTopics}), and the source and sink of a Flink job ({@link
 * io.swarmstream.connectors.kafka.WireSource}, {@link io.swarmstream.connectors.kafka.WireSink}).
 * Nothing here looks into a record: bytes in, bytes out.
 */
@NullMarked
package io.swarmstream.clients.kafka;

import org.jspecify.annotations.NullMarked;
