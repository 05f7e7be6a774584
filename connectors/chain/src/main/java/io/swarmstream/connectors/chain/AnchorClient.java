package io.swarmstream.connectors.chain;

import io.swarmstream.clients.chain.AnchorConflictException;
import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.chain.ChainOptions;
import io.swarmstream.clients.chain.ChainUnreachableException;
import io.swarmstream.clients.chain.RoundGapException;
import io.swarmstream.clients.chain.SigningKey;
import io.swarmstream.schemas.Anchor;
import java.io.Serializable;

/** Anchors rounds. Used by one thread; closing it from another thread ends a call. */
public interface AnchorClient extends AutoCloseable {
  /**
   * Returns when the chain holds the anchor. Must be idempotent: after a crash it is unknown
   * whether the first attempt arrived.
   *
   * @throws AnchorConflictException when the chain holds a different anchor of the round
   * @throws RoundGapException when an earlier round is not anchored
   * @throws ChainUnreachableException when the node does not answer; the caller retries
   * @throws RuntimeException when this contract's rounds cannot be anchored now; the caller
   *     continues with others
   */
  void anchor(Anchor anchor);

  @Override
  void close();

  /** Creates the client on the machine that uses it. */
  @FunctionalInterface
  interface Factory extends Serializable {
    /** Must not send a request, because the task's thread calls it. */
    AnchorClient open();
  }

  /** Anchors on a chain, with transactions signed by the contracts' coordinator. */
  static Factory on(ChainOptions options, SigningKey coordinator) {
    return () -> new ChainAnchorClient(ChainClient.signing(options, coordinator.load()));
  }
}
