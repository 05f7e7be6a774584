package io.swarmstream.clients.chain;

import io.swarmstream.clients.chain.contracts.RoundAnchors;
import io.swarmstream.clients.chain.contracts.TrainingContracts;
import io.swarmstream.schemas.signing.SiteKey;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Address;
import org.web3j.protocol.core.methods.response.TransactionReceipt;

/** Deploys the two smart contracts on a chain. Done once per network, not per training. */
public final class ChainDeployment {
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration RECEIPT_TIMEOUT = Duration.ofSeconds(60);

  private ChainDeployment() {}

  /**
   * Deploys both contracts and returns their addresses. The account pays and has no rights
   * afterwards.
   *
   * @throws ChainException when the chain is unreachable, or the account cannot pay
   */
  public static ChainOptions deploy(String rpcUrl, SiteKey account) {
    ChainOptions.checkUrl(rpcUrl);
    try (JsonRpc rpc = new JsonRpc(rpcUrl, REQUEST_TIMEOUT)) {
      Transactions transactions = new Transactions(rpc, account.credentials(), RECEIPT_TIMEOUT);
      BigInteger chainId = rpc.ask("ask for the chain id", rpc.web3j().ethChainId()).getChainId();
      TransactionReceipt contracts =
          transactions.send(
              "deploy TrainingContracts", chainId.longValueExact(), null, TrainingContracts.BINARY);
      String constructorArguments =
          FunctionEncoder.encodeConstructor(List.of(new Address(contracts.getContractAddress())));
      TransactionReceipt anchors =
          transactions.send(
              "deploy RoundAnchors",
              chainId.longValueExact(),
              null,
              RoundAnchors.BINARY + constructorArguments);
      return ChainOptions.of(rpcUrl, contracts.getContractAddress(), anchors.getContractAddress())
          .withStartBlock(contracts.getBlockNumber().longValueExact());
    }
  }
}
