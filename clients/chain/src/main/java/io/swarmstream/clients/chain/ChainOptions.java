package io.swarmstream.clients.chain;

import java.io.Serializable;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where the chain is and how to speak with it. Travels with the job.
 *
 * @param rpcUrl JSON-RPC address of an Ethereum node; messages name its host only, because paths of
 *     hosted nodes hold a secret
 * @param trainingContracts address of the contract TrainingContracts, 0x and 40 hex digits
 * @param roundAnchors address of the contract RoundAnchors
 * @param startBlock first block to look for events in: the one the contracts were deployed in
 * @param confirmations blocks that have to follow a block before its events count. 0, the default,
 *     is for chains that never take a block back, such as a development chain or proof of authority
 *     with one signer; a public chain wants what its exchanges use (12 and more)
 * @param pollInterval time between two looks for new blocks
 * @param requestTimeout longest wait for one answer of the node
 * @param receiptTimeout longest wait for a transaction to be in a block
 */
public record ChainOptions(
    String rpcUrl,
    String trainingContracts,
    String roundAnchors,
    long startBlock,
    int confirmations,
    Duration pollInterval,
    Duration requestTimeout,
    Duration receiptTimeout)
    implements Serializable {
  private static final Pattern ADDRESS = Pattern.compile("0x[0-9a-f]{40}");

  public ChainOptions {
    checkUrl(rpcUrl);
    trainingContracts = checkedAddress("trainingContracts", trainingContracts);
    roundAnchors = checkedAddress("roundAnchors", roundAnchors);
    if (startBlock < 0 || confirmations < 0) {
      throw new IllegalArgumentException(
          "startBlock is "
              + startBlock
              + " and confirmations is "
              + confirmations
              + "; neither may be negative");
    }
    checkPositive("pollInterval", pollInterval);
    checkPositive("requestTimeout", requestTimeout);
    checkPositive("receiptTimeout", receiptTimeout);
  }

  public static ChainOptions of(String rpcUrl, String trainingContracts, String roundAnchors) {
    return new ChainOptions(
        rpcUrl,
        trainingContracts,
        roundAnchors,
        0,
        0,
        Duration.ofMillis(250),
        Duration.ofSeconds(10),
        Duration.ofSeconds(60));
  }

  public ChainOptions withStartBlock(long block) {
    return new ChainOptions(
        rpcUrl,
        trainingContracts,
        roundAnchors,
        block,
        confirmations,
        pollInterval,
        requestTimeout,
        receiptTimeout);
  }

  public ChainOptions withConfirmations(int blocks) {
    return new ChainOptions(
        rpcUrl,
        trainingContracts,
        roundAnchors,
        startBlock,
        blocks,
        pollInterval,
        requestTimeout,
        receiptTimeout);
  }

  public ChainOptions withPollInterval(Duration interval) {
    return new ChainOptions(
        rpcUrl,
        trainingContracts,
        roundAnchors,
        startBlock,
        confirmations,
        interval,
        requestTimeout,
        receiptTimeout);
  }

  public ChainOptions withTimeouts(Duration request, Duration receipt) {
    return new ChainOptions(
        rpcUrl,
        trainingContracts,
        roundAnchors,
        startBlock,
        confirmations,
        pollInterval,
        request,
        receipt);
  }

  /**
   * Checks an address and writes it as the project does.
   *
   * @throws IllegalArgumentException naming what the address is for
   */
  static String checkedAddress(String what, String address) {
    String lower = address.toLowerCase(Locale.ROOT);
    if (!ADDRESS.matcher(lower).matches()) {
      throw new IllegalArgumentException(
          what + " is \"" + address + "\"; an address is 0x and 40 hex digits");
    }
    return lower;
  }

  static void checkUrl(String rpcUrl) {
    URI uri = URI.create(rpcUrl);
    String scheme = uri.getScheme();
    if (uri.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
      throw new IllegalArgumentException(
          "rpcUrl has to be an http or https address such as http://127.0.0.1:8545");
    }
  }

  private static void checkPositive(String what, Duration duration) {
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException(what + " is " + duration + "; it has to be positive");
    }
  }

  /** Without what may be secret in the URL. */
  @Override
  public String toString() {
    return "chain at "
        + JsonRpc.placeOf(rpcUrl)
        + ", TrainingContracts "
        + trainingContracts
        + ", RoundAnchors "
        + roundAnchors;
  }
}
