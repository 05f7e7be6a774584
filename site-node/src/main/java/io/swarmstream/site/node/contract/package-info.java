/**
 * Which training contract a session takes part in. {@code Contracts} compares what a trainer asks
 * for with the terms on the chain, and says what differs. In a local swarm the {@code
 * ContractOwner}'s key is at hand: then it creates the contract from a {@code Draft} and enrols the
 * site.
 */
@NullMarked
package io.swarmstream.site.node.contract;

import org.jspecify.annotations.NullMarked;
