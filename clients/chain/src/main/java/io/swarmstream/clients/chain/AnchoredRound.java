package io.swarmstream.clients.chain;

import io.swarmstream.schemas.Anchor;
import java.time.Instant;

/**
 * An anchor with where the chain holds it.
 *
 * @param block number of the block
 * @param transaction hash of the transaction, which the coordinator has signed
 * @param time of the block, as its sealer says
 */
public record AnchoredRound(Anchor anchor, long block, String transaction, Instant time) {}
