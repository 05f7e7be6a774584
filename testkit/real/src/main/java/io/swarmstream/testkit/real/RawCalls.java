package io.swarmstream.testkit.real;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.swarmstream.clients.chain.JsonRpc;
import io.swarmstream.clients.chain.Transactions;
import io.swarmstream.clients.chain.contracts.RoundAnchors;
import io.swarmstream.clients.chain.contracts.TrainingContracts;
import io.swarmstream.schemas.Anchor;
import java.math.BigInteger;
import org.web3j.crypto.Hash;
import org.web3j.protocol.core.RemoteFunctionCall;
import org.web3j.protocol.core.methods.response.TransactionReceipt;
import org.web3j.tx.ReadonlyTransactionManager;
import org.web3j.tx.gas.DefaultGasProvider;
import org.web3j.utils.Numeric;

/** Calls the contracts without the client's own checks, as anybody can. */
public final class RawCalls implements AutoCloseable {
  private final DevChain chain;
  private final JsonRpc rpc;
  private final TrainingContracts contracts;
  private final RoundAnchors anchors;

  public RawCalls(DevChain chain) {
    this.chain = chain;
    this.rpc = new JsonRpc(chain.anvil.url(), chain.options.timeouts().request());
    var nobody = new ReadonlyTransactionManager(rpc.web3j(), chain.options.trainingContracts());
    var gas = new DefaultGasProvider();
    contracts = TrainingContracts.load(chain.options.trainingContracts(), rpc.web3j(), nobody, gas);
    anchors = RoundAnchors.load(chain.options.roundAnchors(), rpc.web3j(), nobody, gas);
  }

  public static TrainingContracts.Terms terms(
      String method, long minPeers, long gracePeriodMs, long parameterCount, long chunkValues) {
    return terms(
        method,
        minPeers,
        gracePeriodMs,
        parameterCount,
        chunkValues,
        "float32",
        0,
        "",
        "blake3",
        "",
        "");
  }

  public static TrainingContracts.Terms termsEncoded(String encoding) {
    return terms("mean", 1, 0, 8, 4, encoding, 0, "", "blake3", "", "");
  }

  public static TrainingContracts.Terms termsAdaptive(long interval) {
    return terms("mean", 1, 0, 8, 4, "float32", interval, "", "blake3", "", "");
  }

  public static TrainingContracts.Terms termsLimited(String limits) {
    return terms("mean", 1, 0, 8, 4, "float32", 0, limits, "blake3", "", "");
  }

  public static TrainingContracts.Terms termsHashed(String payloadHash) {
    return terms("mean", 1, 0, 8, 4, "float32", 0, "", payloadHash, "", "");
  }

  public static TrainingContracts.Terms termsOptimized(String optimizer) {
    return terms("mean", 1, 0, 8, 4, "float32", 0, "", "blake3", optimizer, "");
  }

  public static TrainingContracts.Terms termsPrivate(String privacy) {
    return terms("mean", 1, 0, 8, 4, "float32", 0, "", "blake3", "", privacy);
  }

  private static TrainingContracts.Terms terms(
      String method,
      long minPeers,
      long gracePeriodMs,
      long parameterCount,
      long chunkValues,
      String encoding,
      long adaptiveInterval,
      String limits,
      String payloadHash,
      String optimizer,
      String privacy) {
    return new TrainingContracts.Terms(
        method,
        BigInteger.valueOf(minPeers),
        BigInteger.valueOf(gracePeriodMs),
        BigInteger.valueOf(parameterCount),
        BigInteger.valueOf(chunkValues),
        encoding,
        BigInteger.valueOf(adaptiveInterval),
        DevChain.LAYOUT.hash().bytes(),
        limits,
        payloadHash,
        optimizer,
        privacy);
  }

  public void create(String name, TrainingContracts.Terms terms) {
    create(name, terms, DevChain.LAYOUT.toString());
  }

  public void create(String name, TrainingContracts.Terms terms, String layout) {
    send(
        0,
        chain.options.trainingContracts(),
        contracts.createContract(name, chain.coordinatorAddress(), terms, layout));
  }

  /** Sends an anchor from the given account without reading first. */
  public TransactionReceipt anchorRound(int account, Anchor anchor) {
    return send(
        account,
        chain.options.roundAnchors(),
        anchors.anchorRound(
            Hash.sha3(anchor.contract().getBytes(UTF_8)),
            BigInteger.valueOf(anchor.round()),
            Numeric.hexStringToByteArray(anchor.recordHash()),
            Numeric.hexStringToByteArray(anchor.modelHash())));
  }

  private TransactionReceipt send(int account, String to, RemoteFunctionCall<?> call) {
    return new Transactions(
            rpc, chain.key(account).credentials(), chain.options.timeouts().receipt())
        .send("call past the client", chain.anvil.chainId(), to, call.encodeFunctionCall());
  }

  @Override
  public void close() {
    rpc.close();
  }
}
