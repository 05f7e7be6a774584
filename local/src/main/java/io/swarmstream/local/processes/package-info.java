/**
 * A whole swarm as processes of this machine, from Maven artifacts: ZooKeeper, a Kafka broker, an
 * Ethereum node, two JobManagers, two TaskManagers, and the main job, submitted as a user would.
 */
@NullMarked
package io.swarmstream.local.processes;

import org.jspecify.annotations.NullMarked;
