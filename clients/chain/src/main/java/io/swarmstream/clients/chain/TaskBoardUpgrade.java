package io.swarmstream.clients.chain;

import io.swarmstream.clients.chain.contracts.TaskBoard;
import io.swarmstream.schemas.signing.SiteKey;
import java.time.Duration;
import java.util.List;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Address;
import org.web3j.protocol.core.DefaultBlockParameterName;
import org.web3j.protocol.core.methods.request.Transaction;

/** Gives a swarm that was set up by an earlier version the task board that it lacks. */
public final class TaskBoardUpgrade {
  private static final Duration RECEIPT_TIMEOUT = Duration.ofSeconds(60);

  private TaskBoardUpgrade() {}

  /**
   * Deploys a task board for the swarm's members.
   *
   * @param account that pays, and has no rights by that
   * @return the options with the board's address
   */
  public static ChainOptions deploy(ChainOptions swarm, SiteKey account) {
    try (JsonRpc rpc = JsonRpc.of(swarm)) {
      long chainId =
          rpc.ask("ask for the chain id", rpc.web3j().ethChainId()).getChainId().longValueExact();
      return swarm.withTaskBoard(
          new Transactions(rpc, account.credentials(), RECEIPT_TIMEOUT)
              .send("deploy TaskBoard", chainId, null, creation(swarm))
              .getContractAddress());
    }
  }

  /**
   * Takes a task board that another member has deployed, if it is one: its code has to be the code
   * that this version deploys for the same members. Any other code could tell task agents whatever
   * it likes of who wrote a task.
   *
   * @return the options with the board's address
   * @throws IllegalArgumentException when there is no such task board at the address
   */
  public static ChainOptions adopt(ChainOptions swarm, String address) {
    ChainOptions adopted = swarm.withTaskBoard(address);
    try (JsonRpc rpc = JsonRpc.of(swarm)) {
      String code =
          rpc.ask(
                  "read the code at " + address,
                  rpc.web3j().ethGetCode(address, DefaultBlockParameterName.LATEST))
              .getCode();
      // Without a receiver, a call answers with the code that the transaction would deploy.
      String wanted =
          rpc.ask(
                  "ask for the code of the task board",
                  rpc.web3j()
                      .ethCall(
                          Transaction.createEthCallTransaction(
                              MemberValues.ZERO_ADDRESS, null, creation(swarm)),
                          DefaultBlockParameterName.LATEST))
              .getValue();
      if (!wanted.equalsIgnoreCase(code)) {
        throw new IllegalArgumentException(
            "at "
                + address
                + " there is no task board of this swarm, or one of another version; ask the admin"
                + " who ran 'swarm network upgrade' for the address, and use the same version");
      }
    }
    return adopted;
  }

  private static String creation(ChainOptions swarm) {
    String members = swarm.swarmMembers();
    if (members == null) {
      throw new IllegalArgumentException("a swarm without members has no tasks");
    }
    return TaskBoard.BINARY + FunctionEncoder.encodeConstructor(List.of(new Address(members)));
  }
}
