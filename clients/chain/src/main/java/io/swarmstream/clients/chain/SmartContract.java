package io.swarmstream.clients.chain;

import java.util.List;
import java.util.Optional;
import org.web3j.abi.datatypes.Type;
import org.web3j.protocol.core.DefaultBlockParameterName;
import org.web3j.protocol.core.RemoteFunctionCall;
import org.web3j.protocol.core.methods.request.Transaction;
import org.web3j.protocol.core.methods.response.EthCall;

/**
 * Calls the views of one deployed smart contract. Uses the generated wrapper's encoding but sends
 * through {@link JsonRpc}, because the wrapper's own way loses the reason of a refusal.
 */
final class SmartContract {
  /** Sender of a view call, which needs no account. */
  private static final String NOBODY = "0x0000000000000000000000000000000000000000";

  private final JsonRpc rpc;
  private final String address;

  SmartContract(JsonRpc rpc, String address) {
    this.rpc = rpc;
    this.address = address;
  }

  String address() {
    return address;
  }

  /**
   * Calls a view and returns its only result.
   *
   * @throws ChainRefusalException when the view reverts
   * @throws ChainException when there is no contract at the address
   */
  Type<?> view(String what, RemoteFunctionCall<?> call) {
    Transaction asked =
        Transaction.createEthCallTransaction(NOBODY, address, call.encodeFunctionCall());
    EthCall answer = rpc.ask(what, rpc.web3j().ethCall(asked, DefaultBlockParameterName.LATEST));
    @SuppressWarnings("rawtypes") // the list type that web3j uses
    List<Type> values = call.decodeFunctionResponse(answer.getValue());
    if (values.isEmpty()) {
      throw new ChainException(
          "could not "
              + what
              + ": no smart contract answers at "
              + address
              + " on the chain at "
              + rpc.place()
              + "; check the address and that it is the right chain, or deploy the contracts");
    }
    return values.get(0);
  }

  /** Does the same, but returns empty when the contract reverts with this error. */
  Optional<Type<?>> viewUnless(String error, String what, RemoteFunctionCall<?> call) {
    try {
      return Optional.of(view(what, call));
    } catch (ChainRefusalException e) {
      if (e.error().equals(error)) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
