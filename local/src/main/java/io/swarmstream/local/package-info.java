/**
 * A whole swarm in one JVM, of the real parts: a Kafka broker, a Flink mini cluster with the main
 * job, an Ethereum development node, and as many sites as one likes. For trying out, for demos and
 * for tests.
 */
@NullMarked
package io.swarmstream.local;

import org.jspecify.annotations.NullMarked;
