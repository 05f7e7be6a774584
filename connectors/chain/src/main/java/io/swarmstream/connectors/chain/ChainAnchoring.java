package io.swarmstream.connectors.chain;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.schemas.Anchor;

/** Anchoring through the smart contract RoundAnchors. */
record ChainAnchoring(ChainClient client) implements RoundAnchoring {
  @Override
  public void anchor(Anchor anchor) {
    client.anchorRound(anchor);
  }

  @Override
  public void close() {
    client.close();
  }
}
