/**
 * Real servers that a JVM starts and stops: a Kafka broker inside the JVM and an Ethereum node
 * beside it. For a swarm on one machine and for tests; nothing here stands in for the real thing,
 * so what works against these works against a cluster.
 */
@NullMarked
package io.swarmstream.embedded;

import org.jspecify.annotations.NullMarked;
