package io.swarmstream.clients.chain;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.web3j.protocol.core.DefaultBlockParameter;
import org.web3j.protocol.core.methods.request.EthFilter;
import org.web3j.protocol.core.methods.response.EthLog;
import org.web3j.protocol.core.methods.response.Log;
import org.web3j.utils.Numeric;

/**
 * Reads the raw logs of smart contracts. {@link ChainEventLog} decodes those of TrainingContracts,
 * {@link AuditLog} those of SwarmMembers, too.
 */
public final class EventQuery {
  private static final long BLOCKS_A_PAGE = 10_000;
  private static final int DIGITS_OF_A_TOPIC = 64;

  private final JsonRpc rpc;
  private final List<String> addresses;

  EventQuery(JsonRpc rpc, List<String> addresses) {
    this.rpc = rpc;
    this.addresses = addresses;
  }

  /**
   * Returns the logs of these blocks, first and last inclusive, in the chain's order.
   *
   * @param what completes "could not ..." in messages
   * @param topics required values of a log's first topics; none for all logs
   */
  public List<Log> logs(String what, long firstBlock, long lastBlock, String... topics) {
    EthFilter filter = filter(firstBlock, lastBlock);
    for (String topic : topics) {
      filter.addSingleTopic(topic);
    }
    return logs(what, filter);
  }

  /** A number as a log's topic. */
  static String topic(BigInteger number) {
    return Numeric.toHexStringWithPrefixZeroPadded(number, DIGITS_OF_A_TOPIC);
  }

  /** Does the same as {@link #logsOfAny} in requests of 10,000 blocks each. */
  List<Log> pagedLogsOfAny(String what, long firstBlock, long lastBlock, String... topics) {
    List<Log> logs = new ArrayList<>();
    for (long first = firstBlock; first <= lastBlock; first += BLOCKS_A_PAGE) {
      logs.addAll(logsOfAny(what, first, Math.min(lastBlock, first + BLOCKS_A_PAGE - 1), topics));
    }
    return logs;
  }

  /** Returns the logs of these blocks whose first topic is one of those given. */
  List<Log> logsOfAny(String what, long firstBlock, long lastBlock, String... topics) {
    return logs(what, filter(firstBlock, lastBlock).addOptionalTopics(topics));
  }

  private EthFilter filter(long firstBlock, long lastBlock) {
    return new EthFilter(
        DefaultBlockParameter.valueOf(BigInteger.valueOf(firstBlock)),
        DefaultBlockParameter.valueOf(BigInteger.valueOf(lastBlock)),
        addresses);
  }

  private List<Log> logs(String what, EthFilter filter) {
    List<Log> logs = new ArrayList<>();
    for (EthLog.LogResult<?> result : rpc.ask(what, rpc.web3j().ethGetLogs(filter)).getLogs()) {
      logs.add((Log) result.get());
    }
    logs.sort(Comparator.comparing(Log::getBlockNumber).thenComparing(Log::getLogIndex));
    return logs;
  }

  /** Does the same in requests of 10,000 blocks each, a size that hosted nodes answer. */
  public List<Log> pagedLogs(String what, long firstBlock, long lastBlock, String... topics) {
    List<Log> logs = new ArrayList<>();
    for (long first = firstBlock; first <= lastBlock; first += BLOCKS_A_PAGE) {
      logs.addAll(logs(what, first, Math.min(lastBlock, first + BLOCKS_A_PAGE - 1), topics));
    }
    return logs;
  }
}
