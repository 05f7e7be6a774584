/**
 * What a site needs of Kafka, without Flink: {@link io.swarmstream.kafka.client.DeltaProducer}
 * sends, {@link io.swarmstream.kafka.client.ContractLog} follows rounds, notices and rejections on
 * one thread, {@link io.swarmstream.kafka.client.ModelLog} collects and proves a merged model.
 * Readers see committed records only and belong to no consumer group; every wait has a deadline and
 * its failure says what was waited for.
 */
@NullMarked
package io.swarmstream.kafka.client;

import org.jspecify.annotations.NullMarked;
