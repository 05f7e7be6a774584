/**
 * The part of Kafka that a site needs, without Flink: {@link
 * io.swarmstream.clients.kafka.log.DeltaProducer} sends, {@link
 * io.swarmstream.clients.kafka.log.ContractLog} follows rounds, notices and rejections on one
 * thread, {@link io.swarmstream.clients.kafka.log.ModelLog} collects and verifies a merged model.
 * Readers see only committed records and belong to no consumer group. Every wait has a deadline,
 * and its failure says what did not arrive.
 */
@NullMarked
package io.swarmstream.clients.kafka.log;

import org.jspecify.annotations.NullMarked;
