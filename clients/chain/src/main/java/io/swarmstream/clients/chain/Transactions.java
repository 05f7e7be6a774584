package io.swarmstream.clients.chain;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.Hash;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.TransactionEncoder;
import org.web3j.protocol.core.DefaultBlockParameterName;
import org.web3j.protocol.core.methods.request.Transaction;
import org.web3j.protocol.core.methods.response.EthBlock;
import org.web3j.protocol.core.methods.response.EthGetTransactionReceipt;
import org.web3j.protocol.core.methods.response.EthSendTransaction;
import org.web3j.protocol.core.methods.response.TransactionReceipt;
import org.web3j.utils.Numeric;

/**
 * Sends transactions of one account and waits until they are in a block.
 *
 * <p>Tries each transaction on the node first, so that a refusal costs nothing and comes with its
 * reason. Asks for the nonce every time, because others may use the account at the same time, and
 * tries again with the next one when they were faster, or when theirs replaced this one in the
 * node's pool because it pays more.
 */
public final class Transactions {
  private static final long FIRST_RECEIPT_POLL_MS = 10;
  private static final long SLOWEST_RECEIPT_POLL_MS = 500;

  /** What geth, anvil, Besu and Erigon answer to a transaction that they have. */
  private static final Pattern REPEATED =
      Pattern.compile(
          "already known|known transaction|already imported|nonce too low",
          Pattern.CASE_INSENSITIVE);

  /** What they answer when another transaction of the account has the same nonce. */
  private static final Pattern TAKEN =
      Pattern.compile(
          "nonce too low|replacement transaction underpriced|could not replace existing tx",
          Pattern.CASE_INSENSITIVE);

  private static final int MOST_TRIES = 20;

  /**
   * Polls that must find a transaction replaced. More than one, because two nodes behind one
   * address may not have the same newest block.
   */
  private static final int SURELY_REPLACED = 3;

  /** What geth answers for a moment after its start. */
  private static final String INDEXING = "indexing is in progress";

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
    return send(what, chainId, to, data, BigInteger.ZERO);
  }

  /**
   * Pays an account and waits until it has the money.
   *
   * @param wei amount in 10^-18 of the chain's currency
   */
  public synchronized TransactionReceipt pay(String what, long chainId, String to, BigInteger wei) {
    return send(what, chainId, to, "0x", wei);
  }

  /** What the account has, in wei. */
  public BigInteger balance() {
    String what = "ask for the balance of " + credentials.getAddress();
    return rpc.ask(
            what,
            rpc.web3j().ethGetBalance(credentials.getAddress(), DefaultBlockParameterName.LATEST))
        .getBalance();
  }

  private TransactionReceipt send(
      String what, long chainId, @Nullable String to, String data, BigInteger wei) {
    for (int tries = 1; ; tries++) {
      boolean isLast = tries == MOST_TRIES;
      // Anew each time: after the other transaction this one may be wrong.
      BigInteger gas = gasLimit(what, to, data, wei);
      BigInteger nonce = nonce(what, DefaultBlockParameterName.PENDING);
      String hash = sendSigned(what, sign(chainId, to, data, gas, nonce, wei), isLast);
      Optional<TransactionReceipt> receipt =
          hash == null ? Optional.empty() : awaitReceipt(what, hash, nonce, isLast);
      if (receipt.isPresent()) {
        if (!receipt.get().isStatusOK()) {
          // State changed between the trial and the block; a second trial returns the reason.
          gasLimit(what, to, data, wei);
          throw new ChainException("could not " + what + ": transaction " + hash + " was reverted");
        }
        return receipt.get();
      }
      pause(what, tries * FIRST_RECEIPT_POLL_MS);
    }
  }

  /** The node's estimate plus a quarter, because state may change before the block. */
  private BigInteger gasLimit(String what, @Nullable String to, String data, BigInteger wei) {
    Transaction trial = new Transaction(credentials.getAddress(), null, null, null, to, wei, data);
    BigInteger used = rpc.ask(what, rpc.web3j().ethEstimateGas(trial)).getAmountUsed();
    return used.multiply(BigInteger.valueOf(5)).divide(BigInteger.valueOf(4));
  }

  private String sign(
      long chainId,
      @Nullable String to,
      String data,
      BigInteger gas,
      BigInteger nonce,
      BigInteger wei) {
    EthBlock.Block newest =
        rpc.ask(
                "ask for the newest block",
                rpc.web3j().ethGetBlockByNumber(DefaultBlockParameterName.LATEST, false))
            .getBlock();
    RawTransaction transaction;
    // Private networks without the London rules have no base fee and accept only this kind.
    if (newest.getBaseFeePerGasRaw() == null) {
      BigInteger price = rpc.ask("ask for the gas price", rpc.web3j().ethGasPrice()).getGasPrice();
      transaction = RawTransaction.createTransaction(nonce, price, gas, to, wei, data);
    } else {
      BigInteger tip =
          rpc.ask("ask for the priority fee", rpc.web3j().ethMaxPriorityFeePerGas())
              .getMaxPriorityFeePerGas();
      // Twice the base fee covers six full blocks in a row.
      BigInteger most = newest.getBaseFeePerGas().multiply(BigInteger.TWO).add(tip);
      transaction = RawTransaction.createTransaction(chainId, nonce, gas, to, wei, data, tip, most);
    }
    return Numeric.toHexString(TransactionEncoder.signMessage(transaction, chainId, credentials));
  }

  /**
   * Sends a signed transaction and returns its hash. A node that has it already, because an earlier
   * one passed it on before its answer was lost, refuses it; that is no failure.
   *
   * @return null when another transaction of the account has the nonce, unless it is the last try
   */
  private @Nullable String sendSigned(String what, String signed, boolean isLast) {
    String hash = Hash.sha3(signed);
    EthSendTransaction sent = rpc.askForAny(what, rpc.web3j().ethSendRawTransaction(signed));
    if (sent.hasError()
        && REPEATED.matcher(String.valueOf(sent.getError().getMessage())).find()
        && isKnown(what, hash)) {
      return hash;
    }
    if (sent.hasError()
        && !isLast
        && TAKEN.matcher(String.valueOf(sent.getError().getMessage())).find()) {
      return null;
    }
    rpc.check(what, sent);
    return hash;
  }

  /** The receipt; empty also while a node that has just started indexes its transactions. */
  private Optional<TransactionReceipt> receipt(String what, String hash) {
    EthGetTransactionReceipt answer =
        rpc.askForAny(what, rpc.web3j().ethGetTransactionReceipt(hash));
    if (answer.hasError() && answer.getError().getMessage().contains(INDEXING)) {
      return Optional.empty();
    }
    rpc.check(what, answer);
    return answer.getTransactionReceipt();
  }

  /**
   * Waits for the receipt.
   *
   * @return empty when another transaction of the account is in a block with this nonce, so that
   *     this one never will be; not on the last try
   */
  private Optional<TransactionReceipt> awaitReceipt(
      String what, String hash, BigInteger nonce, boolean isLast) {
    long deadline = System.nanoTime() + receiptTimeout.toNanos();
    long pauseMs = FIRST_RECEIPT_POLL_MS;
    int replaced = 0;
    while (true) {
      // Before the receipt: a block that comes between the two questions is no replacement.
      boolean isPast =
          pauseMs > FIRST_RECEIPT_POLL_MS
              && nonce(what, DefaultBlockParameterName.LATEST).compareTo(nonce) > 0;
      Optional<TransactionReceipt> receipt = receipt(what, hash);
      // A node may have the receipt a moment before its answers are those of the new block.
      if (receipt.isPresent()
          && rpc.newestBlock() >= receipt.get().getBlockNumber().longValueExact()) {
        return receipt;
      }
      replaced = isPast && receipt.isEmpty() && !isKnown(what, hash) ? replaced + 1 : 0;
      if (replaced == SURELY_REPLACED && !isLast) {
        return Optional.empty();
      }
      if (System.nanoTime() - deadline > 0) {
        throw new ChainException("could not " + what + ": " + whyInNoBlock(what, hash, nonce));
      }
      pause(what, pauseMs);
      pauseMs = Math.min(pauseMs * 3 / 2, SLOWEST_RECEIPT_POLL_MS);
    }
  }

  private String whyInNoBlock(String what, String hash, BigInteger nonce) {
    return "transaction "
        + hash
        + " is in no block after "
        + receiptTimeout.toSeconds()
        + " s; the chain at "
        + rpc.place()
        + " may be overloaded or stopped (the transaction's nonce is "
        + nonce
        + ", the next one of the account "
        + nonce(what, DefaultBlockParameterName.LATEST)
        + ", and the node "
        + (isKnown(what, hash) ? "has" : "does not have")
        + " the transaction)";
  }

  private BigInteger nonce(String what, DefaultBlockParameterName block) {
    return rpc.ask(what, rpc.web3j().ethGetTransactionCount(credentials.getAddress(), block))
        .getTransactionCount();
  }

  private boolean isKnown(String what, String hash) {
    return rpc.ask(what, rpc.web3j().ethGetTransactionByHash(hash)).getTransaction().isPresent();
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
