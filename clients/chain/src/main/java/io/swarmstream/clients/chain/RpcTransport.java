package io.swarmstream.clients.chain;

import java.io.IOException;

/**
 * A way to an Ethereum node other than HTTP, such as the socket of a node on this machine. Safe for
 * use by many threads.
 */
@FunctionalInterface
public interface RpcTransport {
  /**
   * Sends one JSON-RPC request and waits for its answer.
   *
   * @param request one JSON value in UTF-8: a request with an id, or a batch of them
   * @return the answer, one JSON value in UTF-8
   * @throws IOException when the node does not answer in time; the message names the node
   */
  byte[] call(byte[] request) throws IOException;
}
