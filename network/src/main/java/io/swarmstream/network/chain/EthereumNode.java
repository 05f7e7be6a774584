package io.swarmstream.network.chain;

import io.swarmstream.clients.chain.RpcTransport;

/** The Ethereum node that a network node speaks with: its own geth, or any other by URL. */
public interface EthereumNode extends RpcTransport, AutoCloseable {
  /** Names the node in messages, without secrets. */
  String place();

  /** Whether blocks are being made; if not, why and whom the chain waits for. */
  ChainHealth health();

  @Override
  void close();
}
