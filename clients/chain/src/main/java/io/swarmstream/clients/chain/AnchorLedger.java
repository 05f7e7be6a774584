package io.swarmstream.clients.chain;

import static io.swarmstream.clients.chain.ContractCalls.idOf;

import io.swarmstream.clients.chain.contracts.RoundAnchors;
import io.swarmstream.schemas.Anchor;
import io.swarmstream.schemas.hashing.Hash;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.web3j.abi.EventEncoder;
import org.web3j.protocol.core.DefaultBlockParameter;
import org.web3j.protocol.core.DefaultBlockParameterName;
import org.web3j.protocol.core.methods.request.EthFilter;
import org.web3j.protocol.core.methods.response.EthLog;
import org.web3j.protocol.core.methods.response.Log;
import org.web3j.utils.Numeric;

/** Reads and writes the anchors of rounds in RoundAnchors. */
public final class AnchorLedger {
  private static final String ANCHORED = EventEncoder.encode(RoundAnchors.ROUNDANCHORED_EVENT);

  private final JsonRpc rpc;
  private final long startBlock;
  private final SmartContract contract;
  private final RoundAnchors calls;
  private final Sender sender;

  AnchorLedger(JsonRpc rpc, ChainOptions options, Sender sender) {
    String address = options.roundAnchors();
    this.rpc = rpc;
    this.startBlock = options.startBlock();
    this.contract = new SmartContract(rpc, address);
    this.calls = ContractCalls.roundAnchors(rpc, address);
    this.sender = sender;
  }

  /** The anchor of a round; empty when the round is not anchored. */
  public Optional<Anchor> anchor(String name, long round) {
    var stored =
        (RoundAnchors.Anchor)
            contract.view(
                "read the anchor of round " + round + " of contract " + name,
                calls.anchorOf(idOf(name), BigInteger.valueOf(round)));
    String recordHash = Numeric.toHexStringNoPrefix(stored.recordHash);
    return recordHash.equals(Hash.ZERO.hex())
        ? Optional.empty()
        : Optional.of(
            new Anchor(name, round, recordHash, Numeric.toHexStringNoPrefix(stored.modelHash)));
  }

  /**
   * Hash of the transaction that anchored a round; empty when the round is not anchored. Searches
   * all blocks from the options' start block, which hosted nodes may limit.
   */
  // The contract logs a round once, however often its anchor is sent.
  public Optional<String> transaction(String name, long round) {
    return logs("find the transaction that anchored round " + round, name, round, round + 1)
        .stream()
        .map(Log::getTransactionHash)
        .findFirst();
  }

  /**
   * The newest anchors of a contract, oldest first, with their blocks. Searches as {@link
   * #transaction} does.
   *
   * @param count how many, at most some hundred: each block is a request
   */
  public List<AnchoredRound> newest(String name, int count) {
    long next = nextRound(name);
    long first = Math.max(0, next - count);
    return found(name, logs("find the anchors from round " + first, name, first, next));
  }

  /** The anchor of a round with its block; searches as {@link #transaction} does. */
  public Optional<AnchoredRound> find(String name, long round) {
    return found(name, logs("find the anchor of round " + round, name, round, round + 1)).stream()
        .findFirst();
  }

  private List<AnchoredRound> found(String name, List<Log> logs) {
    List<AnchoredRound> newest = new ArrayList<>();
    Map<BigInteger, Instant> times = new HashMap<>();
    for (Log log : logs) {
      var event = RoundAnchors.getRoundAnchoredEventFromLog(log);
      newest.add(
          new AnchoredRound(
              new Anchor(
                  name,
                  event.round.longValueExact(),
                  Numeric.toHexStringNoPrefix(event.recordHash),
                  Numeric.toHexStringNoPrefix(event.modelHash)),
              log.getBlockNumber().longValueExact(),
              log.getTransactionHash(),
              times.computeIfAbsent(
                  log.getBlockNumber(), block -> rpc.blockTime(block.longValueExact()))));
    }
    newest.sort(Comparator.comparing(found -> found.anchor().round()));
    return newest;
  }

  private List<Log> logs(String what, String name, long firstRound, long endRound) {
    if (firstRound >= endRound) {
      return List.of(); // a filter without rounds would mean all rounds
    }
    EthFilter filter =
        new EthFilter(
            DefaultBlockParameter.valueOf(BigInteger.valueOf(startBlock)),
            DefaultBlockParameterName.LATEST,
            contract.address());
    filter.addSingleTopic(ANCHORED);
    filter.addSingleTopic(Numeric.toHexString(idOf(name)));
    filter.addOptionalTopics(
        LongStream.range(firstRound, endRound)
            .mapToObj(round -> EventQuery.topic(BigInteger.valueOf(round)))
            .toArray(String[]::new));
    List<Log> logs = new ArrayList<>();
    for (EthLog.LogResult<?> result :
        rpc.ask(what + " of contract " + name, rpc.web3j().ethGetLogs(filter)).getLogs()) {
      logs.add((Log) result.get());
    }
    return logs;
  }

  /** The contract's next round to anchor; also the number of anchored rounds. */
  public long nextRound(String name) {
    return ((BigInteger)
            contract
                .view("read the next round of contract " + name, calls.nextRound(idOf(name)))
                .getValue())
        .longValueExact();
  }

  /**
   * Anchors a round; only the contract's coordinator may call this.
   *
   * @return hash of the transaction; empty when the chain already holds the same anchor and none is
   *     sent
   * @throws AnchorConflictException when the chain holds a different anchor of the round
   * @throws RoundGapException when an earlier round is not anchored
   */
  public Optional<String> anchorRound(Anchor anchor) {
    // Reading first costs nothing, and a conflict then names both anchors.
    Optional<Anchor> standing = anchor(anchor.contract(), anchor.round());
    if (standing.isPresent()) {
      if (!standing.get().equals(anchor)) {
        throw new AnchorConflictException(standing.get(), anchor);
      }
      return Optional.empty();
    }
    try {
      return Optional.of(
          sender.send(
              "anchor round " + anchor.round() + " of contract " + anchor.contract(),
              contract,
              calls.anchorRound(
                  idOf(anchor.contract()),
                  BigInteger.valueOf(anchor.round()),
                  Numeric.hexStringToByteArray(anchor.recordHash()),
                  Numeric.hexStringToByteArray(anchor.modelHash()))));
    } catch (ChainRefusalException e) {
      throw explain(anchor, e);
    }
  }

  private static ChainException explain(Anchor anchor, ChainRefusalException e) {
    // Another client may have anchored the round since the read.
    if (e.error().equals("RoundAlreadyAnchored")) {
      Anchor anchored =
          new Anchor(anchor.contract(), anchor.round(), e.arguments().get(2), e.arguments().get(3));
      return new AnchorConflictException(anchored, anchor);
    }
    if (e.error().equals("RoundOutOfOrder")) {
      return new RoundGapException(anchor, Long.parseLong(e.arguments().get(2)));
    }
    return e;
  }
}
