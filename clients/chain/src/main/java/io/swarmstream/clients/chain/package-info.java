/**
 * The chain's side of the system: a client for the two smart contracts, a Flink source of what
 * happens to training contracts, and the anchoring of rounds. A chain that is away never fails a
 * job: reading and anchoring wait, say so once, and go on where they were.
 */
@NullMarked
package io.swarmstream.clients.chain;

import org.jspecify.annotations.NullMarked;
