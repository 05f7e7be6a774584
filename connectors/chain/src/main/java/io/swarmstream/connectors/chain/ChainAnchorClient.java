package io.swarmstream.connectors.chain;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.schemas.Anchor;

/** Anchors rounds in the smart contract RoundAnchors. */
record ChainAnchorClient(ChainClient client) implements AnchorClient {
  @Override
  public void anchor(Anchor anchor) {
    client.anchors().anchorRound(anchor);
  }

  @Override
  public void close() {
    client.close();
  }
}
