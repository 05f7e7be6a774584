package io.swarmstream.clients.chain;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.swarmstream.clients.chain.contracts.RoundAnchors;
import io.swarmstream.clients.chain.contracts.SwarmMembers;
import io.swarmstream.clients.chain.contracts.TaskBoard;
import io.swarmstream.clients.chain.contracts.TrainingContracts;
import org.web3j.crypto.Hash;
import org.web3j.tx.ReadonlyTransactionManager;
import org.web3j.tx.gas.DefaultGasProvider;

/**
 * The generated wrappers, used only for their encoding. They never send a request, because their
 * own way of sending loses the reason of a refusal.
 */
final class ContractCalls {
  private ContractCalls() {}

  static TrainingContracts trainingContracts(JsonRpc rpc, String address) {
    return TrainingContracts.load(
        address,
        rpc.web3j(),
        new ReadonlyTransactionManager(rpc.web3j(), address),
        new DefaultGasProvider());
  }

  static RoundAnchors roundAnchors(JsonRpc rpc, String address) {
    return RoundAnchors.load(
        address,
        rpc.web3j(),
        new ReadonlyTransactionManager(rpc.web3j(), address),
        new DefaultGasProvider());
  }

  static SwarmMembers swarmMembers(JsonRpc rpc, String address) {
    return SwarmMembers.load(
        address,
        rpc.web3j(),
        new ReadonlyTransactionManager(rpc.web3j(), address),
        new DefaultGasProvider());
  }

  static TaskBoard taskBoard(JsonRpc rpc, String address) {
    return TaskBoard.load(
        address,
        rpc.web3j(),
        new ReadonlyTransactionManager(rpc.web3j(), address),
        new DefaultGasProvider());
  }

  /** How the smart contracts identify a training contract: the Keccak-256 hash of its name. */
  static byte[] idOf(String contract) {
    return Hash.sha3(contract.getBytes(UTF_8));
  }
}
