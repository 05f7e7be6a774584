package io.swarmstream.clients.chain;

import org.web3j.protocol.core.RemoteFunctionCall;

/** Sends smart contract calls as transactions of one account. */
interface Sender {
  /** The sender of a client that only reads. */
  Sender NONE =
      (what, contract, call) -> {
        throw new IllegalStateException(
            "could not " + what + ": this client only reads; make it with ChainClient.signing");
      };

  /**
   * Sends a call and waits until it is in a block.
   *
   * @param what completes "could not ..." in messages
   * @return hash of the transaction
   */
  String send(String what, SmartContract contract, RemoteFunctionCall<?> call);

  static Sender of(Transactions transactions, Network network) {
    return (what, contract, call) ->
        transactions
            .send(what, network.chainId(), contract.address(), call.encodeFunctionCall())
            .getTransactionHash();
  }
}
