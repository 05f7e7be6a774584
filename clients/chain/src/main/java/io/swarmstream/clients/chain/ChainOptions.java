package io.swarmstream.clients.chain;

import java.io.Serializable;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How to reach the chain. Travels with the job.
 *
 * @param rpcUrl JSON-RPC address of an Ethereum node, or several of one chain, separated by commas:
 *     the next one is asked when one does not answer. Messages name only hosts, because the paths
 *     of hosted nodes contain a secret
 * @param trainingContracts address of the contract TrainingContracts, 0x and 40 hex digits
 * @param roundAnchors address of the contract RoundAnchors
 * @param startBlock first block to read events from: the one in which the contracts were deployed
 * @param confirmations blocks that have to follow a block before its events count. The default, 0,
 *     suits chains that never reorganise, such as a development chain or proof of authority with
 *     one signer; a public chain needs what its exchanges use (12 and more)
 * @param pollInterval time between two polls for new blocks
 * @param timeouts longest waits for the node
 * @param swarmMembers address of the contract SwarmMembers; null: the swarm has no members
 * @param identityFolder folder with key.pem, cert.pem and ca.pem for TLS; a path on the machine
 *     that connects, where it is read; null: none
 * @param taskBoard address of the contract TaskBoard; null: the swarm has none
 */
public record ChainOptions(
    String rpcUrl,
    String trainingContracts,
    String roundAnchors,
    long startBlock,
    int confirmations,
    Duration pollInterval,
    Timeouts timeouts,
    @Nullable String swarmMembers,
    @Nullable String identityFolder,
    @Nullable String taskBoard)
    implements Serializable {
  private static final Pattern ADDRESS = Pattern.compile("0x[0-9a-f]{40}");

  /**
   * The longest waits.
   *
   * @param request for one answer of the node
   * @param receipt for a transaction to be included in a block
   */
  public record Timeouts(Duration request, Duration receipt) implements Serializable {
    static final Timeouts DEFAULT = new Timeouts(Duration.ofSeconds(10), Duration.ofSeconds(60));

    public Timeouts {
      checkPositive("request timeout", request);
      checkPositive("receipt timeout", receipt);
    }
  }

  public ChainOptions {
    checkUrl(rpcUrl);
    trainingContracts = checkedAddress("trainingContracts", trainingContracts);
    roundAnchors = checkedAddress("roundAnchors", roundAnchors);
    swarmMembers = swarmMembers == null ? null : checkedAddress("swarmMembers", swarmMembers);
    taskBoard = taskBoard == null ? null : checkedAddress("taskBoard", taskBoard);
    if (startBlock < 0 || confirmations < 0) {
      throw new IllegalArgumentException(
          "startBlock is "
              + startBlock
              + " and confirmations is "
              + confirmations
              + "; neither may be negative");
    }
    checkPositive("pollInterval", pollInterval);
  }

  public static ChainOptions of(String rpcUrl, String trainingContracts, String roundAnchors) {
    return new ChainOptions(
        rpcUrl,
        trainingContracts,
        roundAnchors,
        0,
        0,
        Duration.ofMillis(250),
        Timeouts.DEFAULT,
        null,
        null,
        null);
  }

  /** Options of the same swarm that reach it through other nodes. */
  public ChainOptions withRpcUrl(String url) {
    return new ChainOptions(
        url,
        trainingContracts,
        roundAnchors,
        startBlock,
        confirmations,
        pollInterval,
        timeouts,
        swarmMembers,
        identityFolder,
        taskBoard);
  }

  public ChainOptions withStartBlock(long block) {
    return new ChainOptions(
        rpcUrl,
        trainingContracts,
        roundAnchors,
        block,
        confirmations,
        pollInterval,
        timeouts,
        swarmMembers,
        identityFolder,
        taskBoard);
  }

  public ChainOptions withConfirmations(int blocks) {
    return new ChainOptions(
        rpcUrl,
        trainingContracts,
        roundAnchors,
        startBlock,
        blocks,
        pollInterval,
        timeouts,
        swarmMembers,
        identityFolder,
        taskBoard);
  }

  public ChainOptions withPollInterval(Duration interval) {
    return new ChainOptions(
        rpcUrl,
        trainingContracts,
        roundAnchors,
        startBlock,
        confirmations,
        interval,
        timeouts,
        swarmMembers,
        identityFolder,
        taskBoard);
  }

  public ChainOptions withTimeouts(Timeouts longest) {
    return new ChainOptions(
        rpcUrl,
        trainingContracts,
        roundAnchors,
        startBlock,
        confirmations,
        pollInterval,
        longest,
        swarmMembers,
        identityFolder,
        taskBoard);
  }

  /** Options of a swarm whose members are in the contract SwarmMembers at this address. */
  public ChainOptions withMembers(String address) {
    return new ChainOptions(
        rpcUrl,
        trainingContracts,
        roundAnchors,
        startBlock,
        confirmations,
        pollInterval,
        timeouts,
        address,
        identityFolder,
        taskBoard);
  }

  /** Options that connect with the identity of a folder: key.pem, cert.pem and ca.pem. */
  public ChainOptions withTls(Path folder) {
    return new ChainOptions(
        rpcUrl,
        trainingContracts,
        roundAnchors,
        startBlock,
        confirmations,
        pollInterval,
        timeouts,
        swarmMembers,
        folder.toString(),
        taskBoard);
  }

  /** Options of a swarm whose tasks are in the contract TaskBoard at this address; null: none. */
  public ChainOptions withTaskBoard(@Nullable String address) {
    return new ChainOptions(
        rpcUrl,
        trainingContracts,
        roundAnchors,
        startBlock,
        confirmations,
        pollInterval,
        timeouts,
        swarmMembers,
        identityFolder,
        address);
  }

  /** Whether the swarm has members, who alone may act. */
  public boolean hasMembers() {
    return swarmMembers != null;
  }

  /**
   * Checks an address and returns it in lower case.
   *
   * @throws IllegalArgumentException naming the purpose of the address
   */
  static String checkedAddress(String what, String address) {
    String lower = address.toLowerCase(Locale.ROOT);
    if (!ADDRESS.matcher(lower).matches()) {
      throw new IllegalArgumentException(
          what + " is \"" + address + "\"; an address is 0x and 40 hex digits");
    }
    return lower;
  }

  /** The addresses of a list separated by commas. */
  static List<String> nodes(String rpcUrl) {
    return Arrays.stream(rpcUrl.split(",", -1)).map(String::strip).toList();
  }

  static void checkUrl(String rpcUrl) {
    for (String node : nodes(rpcUrl)) {
      URI uri = URI.create(node);
      String scheme = uri.getScheme();
      if (uri.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
        throw new IllegalArgumentException(
            "rpcUrl has to be an http or https address such as http://127.0.0.1:8545, or several"
                + " with commas");
      }
    }
  }

  private static void checkPositive(String what, Duration duration) {
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException(what + " is " + duration + "; it has to be positive");
    }
  }

  /** Omits the path of the URL, which may be secret. */
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
