package io.swarmstream.clients.chain;

import io.swarmstream.clients.chain.contracts.SwarmMembers;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.web3j.protocol.core.DefaultBlockParameter;
import org.web3j.protocol.core.methods.response.EthBlock;
import org.web3j.protocol.core.methods.response.Log;

/**
 * Reads what was done to members, training contracts and tasks, in the chain's order. Nobody can
 * change it afterwards, and every act is in a transaction that its actor has signed.
 */
public final class AuditLog {
  private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);

  private final JsonRpc rpc;
  private final EventQuery events;
  private final long startBlock;

  AuditLog(JsonRpc rpc, ChainOptions options) {
    this.rpc = rpc;
    this.startBlock = options.startBlock();
    this.events =
        new EventQuery(
            rpc,
            Stream.of(options.swarmMembers(), options.trainingContracts(), options.taskBoard())
                .filter(Objects::nonNull)
                .toList());
  }

  /** Everything since the smart contracts were deployed. */
  public List<AuditEvent> all() {
    return events(startBlock, rpc.newestBlock());
  }

  /**
   * The acts of these blocks, first and last inclusive. To follow the log, ask for the blocks after
   * the last one that was read.
   */
  public List<AuditEvent> events(long firstBlock, long lastBlock) {
    String what = "read the audit log of blocks " + firstBlock + " to " + lastBlock;
    return acts(what, events.pagedLogsOfAny(what, firstBlock, lastBlock, AuditedAct.topics()));
  }

  /** Of these blocks, the acts that bind keys to accounts, and revoke them. */
  List<AuditEvent> bindings(long firstBlock, long lastBlock) {
    String what = "read the bindings of keys of blocks " + firstBlock + " to " + lastBlock;
    return acts(
        what,
        events.pagedLogsOfAny(
            what,
            firstBlock,
            lastBlock,
            AuditedAct.KEY_BOUND.topic(),
            AuditedAct.KEY_REVOKED.topic(),
            AuditedAct.ACCOUNT_ROTATED.topic()));
  }

  /** Where the log begins. */
  long startBlock() {
    return startBlock;
  }

  private List<AuditEvent> acts(String what, List<Log> logs) {
    List<AuditEvent> acts = new ArrayList<>();
    Map<BigInteger, Map<String, String>> senders = new HashMap<>();
    Map<BigInteger, Instant> times = new HashMap<>();
    for (Log log : logs) {
      BigInteger block = log.getBlockNumber();
      if (!times.containsKey(block)) {
        EthBlock.Block read = block(what, block);
        times.put(block, Instant.ofEpochSecond(read.getTimestamp().longValueExact()));
        senders.put(block, senders(read));
      }
      String actor =
          senders.getOrDefault(block, Map.of()).getOrDefault(log.getTransactionHash(), "");
      @Nullable AuditEvent act = read(log, times.get(block), actor);
      if (act != null) {
        acts.add(act);
      }
    }
    return acts;
  }

  /** Which keys and SPIFFE ids were bound in these blocks. */
  List<UsedKeys.Bound> bound(long firstBlock, long lastBlock) {
    String what = "read the used keys of blocks " + firstBlock + " to " + lastBlock;
    return events.pagedLogs(what, firstBlock, lastBlock, AuditedAct.KEY_BOUND.topic()).stream()
        .map(SwarmMembers::getKeyBoundEventFromLog)
        .map(
            bound ->
                new UsedKeys.Bound(
                    bound.log.getBlockNumber().longValueExact(),
                    MemberValues.hex(bound.keyHash),
                    bound.spiffeId))
        .toList();
  }

  private static @Nullable AuditEvent read(Log log, @Nullable Instant time, String actor) {
    AuditedAct act = AuditedAct.of(log);
    if (act == null || time == null) {
      LOG.warn(
          "the log {} of block {} is no act known here", log.getLogIndex(), log.getBlockNumber());
      return null;
    }
    Map<String, String> details = Map.of();
    String text;
    try {
      details = act.details(log);
      text = act.sentence(details);
    } catch (RuntimeException e) {
      // web3j throws many kinds for text that is no UTF-8; one act must not hide the others.
      text = "did something whose values cannot be read (" + e.getMessage() + ")";
    }
    return new AuditEvent(
        log.getBlockNumber().longValueExact(),
        log.getLogIndex().longValueExact(),
        time,
        log.getTransactionHash(),
        actor,
        act.act(),
        text,
        details);
  }

  private EthBlock.Block block(String what, BigInteger number) {
    EthBlock.Block block =
        rpc.ask(what, rpc.web3j().ethGetBlockByNumber(DefaultBlockParameter.valueOf(number), true))
            .getBlock();
    if (block == null) {
      throw new ChainException(
          "could not "
              + what
              + ": the node at "
              + rpc.place()
              + " does not have block "
              + number
              + "; ask a node that keeps old blocks");
    }
    return block;
  }

  private static Map<String, String> senders(EthBlock.Block block) {
    Map<String, String> senders = new HashMap<>();
    for (EthBlock.TransactionResult<?> result : block.getTransactions()) {
      var transaction = (EthBlock.TransactionObject) result.get();
      senders.put(transaction.getHash(), transaction.getFrom().toLowerCase(Locale.ROOT));
    }
    return senders;
  }
}
