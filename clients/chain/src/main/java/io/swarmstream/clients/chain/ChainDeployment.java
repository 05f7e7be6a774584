package io.swarmstream.clients.chain;

import io.swarmstream.clients.chain.contracts.RoundAnchors;
import io.swarmstream.clients.chain.contracts.SwarmMembers;
import io.swarmstream.clients.chain.contracts.TaskBoard;
import io.swarmstream.clients.chain.contracts.TrainingContracts;
import io.swarmstream.schemas.signing.SiteKey;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.Utf8String;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.protocol.core.methods.response.TransactionReceipt;

/** Deploys the smart contracts on a chain. Done once per network, not per training. */
public final class ChainDeployment {
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration RECEIPT_TIMEOUT = Duration.ofSeconds(60);

  private final String rpcUrl;
  private final JsonRpc rpc;
  private final Transactions transactions;

  private ChainDeployment(String rpcUrl, JsonRpc rpc, Transactions transactions) {
    this.rpcUrl = rpcUrl;
    this.rpc = rpc;
    this.transactions = transactions;
  }

  /**
   * Deploys the contracts of a swarm without members and returns their addresses. The account pays
   * and has no rights afterwards.
   *
   * @throws ChainException when the chain is unreachable, or the account cannot pay
   */
  public static ChainOptions deploy(String rpcUrl, SiteKey account) {
    return on(rpcUrl, account, deployment -> deployment.trainings(MemberValues.ZERO_ADDRESS));
  }

  /**
   * Deploys the contracts of a swarm with members and returns their addresses. The account pays and
   * becomes the first member, with all roles.
   *
   * @throws ChainException when the chain is unreachable, or the account cannot pay
   */
  public static ChainOptions deploySecured(String rpcUrl, SiteKey account, Founder founder) {
    return on(rpcUrl, account, deployment -> deployment.secured(founder));
  }

  /**
   * Does the same through a node that is reached otherwise than by an address.
   *
   * @param rpcUrl address for the options: where clients will reach the chain
   */
  public static ChainOptions deploySecured(
      RpcTransport transport, String rpcUrl, SiteKey account, Founder founder) {
    ChainOptions.checkUrl(rpcUrl);
    try (JsonRpc rpc = new JsonRpc("the network node", transport)) {
      var transactions = new Transactions(rpc, account.credentials(), RECEIPT_TIMEOUT);
      return new ChainDeployment(rpcUrl, rpc, transactions).secured(founder);
    }
  }

  private static ChainOptions on(
      String rpcUrl, SiteKey account, Function<ChainDeployment, ChainOptions> work) {
    ChainOptions.checkUrl(rpcUrl);
    try (JsonRpc rpc = new JsonRpc(rpcUrl, REQUEST_TIMEOUT)) {
      var transactions = new Transactions(rpc, account.credentials(), RECEIPT_TIMEOUT);
      return work.apply(new ChainDeployment(rpcUrl, rpc, transactions));
    }
  }

  private ChainOptions secured(Founder founder) {
    TransactionReceipt members = members(founder);
    ChainOptions trainings = trainings(members.getContractAddress());
    TransactionReceipt board =
        create("TaskBoard", TaskBoard.BINARY, new Address(members.getContractAddress()));
    return trainings
        .withMembers(members.getContractAddress())
        .withTaskBoard(board.getContractAddress())
        .withStartBlock(members.getBlockNumber().longValueExact());
  }

  private TransactionReceipt members(Founder founder) {
    return create(
        "SwarmMembers",
        SwarmMembers.BINARY,
        new Utf8String(founder.organisation()),
        new Utf8String(founder.name()),
        new Bytes32(MemberValues.bytes32(founder.keyHash())),
        new DynamicBytes(founder.authority()));
  }

  private ChainOptions trainings(String members) {
    TransactionReceipt contracts =
        create("TrainingContracts", TrainingContracts.BINARY, new Address(members));
    TransactionReceipt anchors =
        create("RoundAnchors", RoundAnchors.BINARY, new Address(contracts.getContractAddress()));
    return ChainOptions.of(rpcUrl, contracts.getContractAddress(), anchors.getContractAddress())
        .withStartBlock(contracts.getBlockNumber().longValueExact());
  }

  @SuppressWarnings("rawtypes") // the list type that web3j uses
  private TransactionReceipt create(String name, String code, Type... constructorArguments) {
    long chainId =
        rpc.ask("ask for the chain id", rpc.web3j().ethChainId()).getChainId().longValueExact();
    String arguments = FunctionEncoder.encodeConstructor(List.of(constructorArguments));
    return transactions.send("deploy " + name, chainId, null, code + arguments);
  }
}
