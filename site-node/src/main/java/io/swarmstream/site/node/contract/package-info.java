/**
 * Which training contract a session takes part in. {@code Contracts} compares what a trainer asks
 * for with the terms on the chain, and says what differs. In a local swarm a {@code
 * ContractFounder} is at hand: then it has the contract created from a {@code Draft}, and the site
 * enrolled.
 */
@NullMarked
package io.swarmstream.site.node.contract;

import org.jspecify.annotations.NullMarked;
