/**
 * The runnable Flink application: {@link io.swarmstream.jobs.SwarmJob} reads its options, connects
 * the graph of the operators to Kafka and the chain, and submits it.
 */
@NullMarked
package io.swarmstream.jobs;

import org.jspecify.annotations.NullMarked;
