package io.swarmstream.clients.chain;

import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.web3j.crypto.Credentials;
import org.web3j.protocol.core.DefaultBlockParameterName;
import org.web3j.protocol.core.methods.request.Transaction;
import org.web3j.protocol.core.methods.response.EthBlock;
import org.web3j.protocol.core.methods.response.EthSendTransaction;
import org.web3j.protocol.core.methods.response.TransactionReceipt;
import org.web3j.tx.RawTransactionManager;

/**
 * Sends transactions of one account and waits until they are in a block.
 *
 * <p>Tries each transaction on the node first, so that a refusal costs nothing and comes with its
 * reason. Asks for the nonce every time, because others may use the account at the same time.
 */
public final class Transactions {
  private static final long FIRST_RECEIPT_POLL_MS = 10;
  private static final long SLOWEST_RECEIPT_POLL_MS = 500;

  private final JsonRpc rpc;
  private final Credentials credentials;
  private final Duration receiptTimeout;

  public Transactions(JsonRpc rpc, Credentials credentials, Duration receiptTimeout) {
    this.rpc = rpc;
    this.credentials = credentials;
    this.receiptTimeout = receiptTimeout;
  }

  /**
   * Sends a transaction and waits for it. Sends one at a time, because two with the same nonce
   * would replace each other.
   *
   * @param to the smart contract; null to deploy one
   * @return the receipt of a transaction that succeeded
   */
  public synchronized TransactionReceipt send(
      String what, long chainId, @Nullable String to, String data) {
    BigInteger gas = gasLimit(what, to, data);
    EthSendTransaction sent = sendSigned(what, chainId, to, data, gas);
    rpc.check(what, sent);
    TransactionReceipt receipt = awaitReceipt(what, sent.getTransactionHash());
    if (!receipt.isStatusOK()) {
      // State changed between the trial and the block; a second trial returns the reason.
      gasLimit(what, to, data);
      throw new ChainException(
          "could not " + what + ": transaction " + sent.getTransactionHash() + " was reverted");
    }
    return receipt;
  }

  /** The node's estimate plus a quarter, because state may change before the block. */
  private BigInteger gasLimit(String what, @Nullable String to, String data) {
    Transaction trial =
        new Transaction(credentials.getAddress(), null, null, null, to, BigInteger.ZERO, data);
    BigInteger used = rpc.ask(what, rpc.web3j().ethEstimateGas(trial)).getAmountUsed();
    return used.multiply(BigInteger.valueOf(5)).divide(BigInteger.valueOf(4));
  }

  private EthSendTransaction sendSigned(
      String what, long chainId, @Nullable String to, String data, BigInteger gas) {
    RawTransactionManager account = new RawTransactionManager(rpc.web3j(), credentials, chainId);
    EthBlock.Block newest =
        rpc.ask(
                "ask for the newest block",
                rpc.web3j().ethGetBlockByNumber(DefaultBlockParameterName.LATEST, false))
            .getBlock();
    try {
      // Private networks without the London rules have no base fee and accept only this kind.
      if (newest.getBaseFeePerGasRaw() == null) {
        BigInteger price =
            rpc.ask("ask for the gas price", rpc.web3j().ethGasPrice()).getGasPrice();
        return account.sendTransaction(price, gas, to, data, BigInteger.ZERO, to == null);
      }
      BigInteger tip =
          rpc.ask("ask for the priority fee", rpc.web3j().ethMaxPriorityFeePerGas())
              .getMaxPriorityFeePerGas();
      // Twice the base fee covers six full blocks in a row.
      BigInteger most = newest.getBaseFeePerGas().multiply(BigInteger.TWO).add(tip);
      return account.sendEIP1559Transaction(
          chainId, tip, most, gas, to, data, BigInteger.ZERO, to == null);
    } catch (IOException e) {
      throw rpc.unreachable(what, e);
    }
  }

  private TransactionReceipt awaitReceipt(String what, String hash) {
    long deadline = System.nanoTime() + receiptTimeout.toNanos();
    long pauseMs = FIRST_RECEIPT_POLL_MS;
    while (true) {
      Optional<TransactionReceipt> receipt =
          rpc.ask(what, rpc.web3j().ethGetTransactionReceipt(hash)).getTransactionReceipt();
      if (receipt.isPresent()) {
        return receipt.get();
      }
      if (System.nanoTime() - deadline > 0) {
        throw new ChainException(
            "could not "
                + what
                + ": transaction "
                + hash
                + " is in no block after "
                + receiptTimeout.toSeconds()
                + " s; the chain at "
                + rpc.place()
                + " may be overloaded or stopped");
      }
      pause(what, pauseMs);
      pauseMs = Math.min(pauseMs * 3 / 2, SLOWEST_RECEIPT_POLL_MS);
    }
  }

  private static void pause(String what, long ms) {
    try {
      Thread.sleep(ms);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ChainException("could not " + what + ": interrupted while waiting", e);
    }
  }
}
