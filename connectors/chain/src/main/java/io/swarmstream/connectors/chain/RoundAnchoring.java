package io.swarmstream.connectors.chain;

import io.swarmstream.clients.chain.AnchorConflictException;
import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.chain.ChainOptions;
import io.swarmstream.clients.chain.ChainUnreachableException;
import io.swarmstream.clients.chain.RoundGapException;
import io.swarmstream.clients.chain.SigningKey;
import io.swarmstream.schemas.Anchor;
import java.io.Serializable;

/** How a round gets its anchor. Used by one thread; closed by another, which ends a call. */
public interface RoundAnchoring extends AutoCloseable {
  /**
   * Returns when the anchor stands. Anchoring the same anchor again must be harmless: after a crash
   * nobody knows whether the first time arrived.
   *
   * @throws AnchorConflictException when a different one stands there
   * @throws RoundGapException when an earlier round has none
   * @throws ChainUnreachableException when nobody answers; it will be tried again
   * @throws RuntimeException when this contract's rounds cannot be anchored now; others are tried
   */
  void anchor(Anchor anchor);

  @Override
  void close();

  /** Makes the anchoring on the machine that works with it. */
  @FunctionalInterface
  interface Factory extends Serializable {
    /** Must not ask the chain: it is called in the task's thread. */
    RoundAnchoring open();
  }

  /** Anchors on a chain, with transactions signed by the contracts' coordinator. */
  static Factory on(ChainOptions options, SigningKey coordinator) {
    return () -> new ChainAnchoring(ChainClient.signing(options, coordinator.load()));
  }
}
