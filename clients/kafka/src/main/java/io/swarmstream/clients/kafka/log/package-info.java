/**
 * What a site needs of Kafka, without Flink: {@link io.swarmstream.clients.kafka.log.DeltaProducer}
 * sends, {@link io.swarmstream.clients.kafka.log.ContractLog} follows rounds, notices and
 * rejections on one thread, {@link io.swarmstream.clients.kafka.log.ModelLog} collects and proves a
 * merged model. Readers see committed records only and belong to no consumer group; every wait has
 * a deadline and its failure says what was waited for.
 */
@NullMarked
package io.swarmstream.clients.kafka.log;

import org.jspecify.annotations.NullMarked;
