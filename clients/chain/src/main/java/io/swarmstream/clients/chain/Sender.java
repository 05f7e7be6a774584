package io.swarmstream.clients.chain;

import org.web3j.protocol.core.RemoteFunctionCall;
import org.web3j.protocol.core.methods.response.TransactionReceipt;

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
   * @return the receipt of a transaction that succeeded
   */
  TransactionReceipt receipt(String what, SmartContract contract, RemoteFunctionCall<?> call);

  /** Does the same and returns the hash of the transaction. */
  default String send(String what, SmartContract contract, RemoteFunctionCall<?> call) {
    return receipt(what, contract, call).getTransactionHash();
  }

  static Sender of(Transactions transactions, Network network) {
    return (what, contract, call) ->
        transactions.send(what, network.chainId(), contract.address(), call.encodeFunctionCall());
  }
}
