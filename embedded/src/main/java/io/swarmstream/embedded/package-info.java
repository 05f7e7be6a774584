/**
 * Real servers that a JVM starts and stops: a Kafka broker inside the JVM and an Ethereum node
 * beside it. Use them for a swarm on one machine and for tests. Nothing here is a fake, so what
 * works against these servers works against a cluster.
 */
@NullMarked
package io.swarmstream.embedded;

import org.jspecify.annotations.NullMarked;
