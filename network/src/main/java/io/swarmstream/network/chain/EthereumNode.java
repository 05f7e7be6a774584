package io.swarmstream.network.chain;

import io.swarmstream.clients.chain.RpcTransport;
import java.io.IOException;

/** The Ethereum node that a network node speaks with: its own geth, or any other by URL. */
public interface EthereumNode extends RpcTransport, AutoCloseable {
  /** Names the node in messages, without secrets. */
  String place();

  /** Whether blocks are being made; if not, why and whom the chain waits for. */
  ChainHealth health();

  /** Number of Ethereum nodes that it is connected to. */
  default int peers() throws IOException {
    return (int) new RpcCalls(this).number("net_peerCount");
  }

  @Override
  void close();
}
