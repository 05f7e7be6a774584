/**
 * A whole swarm in one JVM, built from the real parts: a Kafka broker, a Flink mini cluster with
 * the main job, an Ethereum development node, and any number of sites. For experiments, demos and
 * tests.
 */
@NullMarked
package io.swarmstream.local;

import org.jspecify.annotations.NullMarked;
