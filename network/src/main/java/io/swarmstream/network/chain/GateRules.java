package io.swarmstream.network.chain;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The methods of a node that members may call, with the most parameters that each takes: reading
 * the chain, trying a call, and handing in a transaction that is already signed.
 *
 * <p>Whatever signs, mines, votes, connects peers, traces, or keeps state in the node is missing on
 * purpose.
 */
final class GateRules {
  static final String LOGS = "eth_getLogs";

  private static final Map<String, Integer> MOST_PARAMETERS =
      Map.ofEntries(
          Map.entry("eth_blockNumber", 0),
          Map.entry("eth_call", 2),
          Map.entry("eth_chainId", 0),
          Map.entry("eth_estimateGas", 2),
          Map.entry("eth_feeHistory", 3),
          Map.entry("eth_gasPrice", 0),
          Map.entry("eth_getBalance", 2),
          Map.entry("eth_getBlockByHash", 2),
          Map.entry("eth_getBlockByNumber", 2),
          Map.entry("eth_getBlockReceipts", 1),
          Map.entry("eth_getBlockTransactionCountByHash", 1),
          Map.entry("eth_getBlockTransactionCountByNumber", 1),
          Map.entry("eth_getCode", 2),
          Map.entry(LOGS, 1),
          Map.entry("eth_getProof", 3),
          Map.entry("eth_getStorageAt", 3),
          Map.entry("eth_getTransactionByBlockHashAndIndex", 2),
          Map.entry("eth_getTransactionByBlockNumberAndIndex", 2),
          Map.entry("eth_getTransactionByHash", 1),
          Map.entry("eth_getTransactionCount", 2),
          Map.entry("eth_getTransactionReceipt", 1),
          Map.entry("eth_maxPriorityFeePerGas", 0),
          Map.entry("eth_sendRawTransaction", 1),
          Map.entry("eth_syncing", 0),
          Map.entry("net_listening", 0),
          Map.entry("net_version", 0),
          Map.entry("web3_clientVersion", 0),
          Map.entry("web3_sha3", 1));

  private GateRules() {}

  /** Most parameters of a method; null when members may not call it. */
  static @Nullable Integer mostParameters(String method) {
    return MOST_PARAMETERS.get(method);
  }
}
