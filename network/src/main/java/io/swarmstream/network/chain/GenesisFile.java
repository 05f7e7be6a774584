package io.swarmstream.network.chain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.web3j.utils.Numeric;

/**
 * How a chain of several organisations begins: a proof-of-authority chain (clique, EIP-225) up to
 * the London rules, without fees that are burnt. All of its nodes need the same file.
 *
 * @param chainId id that transactions are signed for
 * @param timestamp Unix seconds
 * @param periodSeconds time between blocks; 0: each transaction has a block at once, and without
 *     transactions there is none, which suits tests with one sealer
 * @param sealers accounts that make blocks at first
 * @param balances wei by account
 */
public record GenesisFile(
    long chainId,
    long timestamp,
    int periodSeconds,
    List<String> sealers,
    Map<String, BigInteger> balances) {
  /** Blocks after which clique forgets votes. */
  static final int EPOCH_BLOCKS = 30_000;

  static final long GAS_LIMIT = 30_000_000;

  /** A thousand million ether: gas is paid with it, and it has no other use. */
  public static final BigInteger PLENTY = BigInteger.TEN.pow(27);

  private static final int LONGEST_PERIOD_SECONDS = 60;
  private static final int MOST_ACCOUNTS = 1_000;
  private static final long FIRST_RANDOM_ID = 100_000_000;
  private static final int RANDOM_IDS = 900_000_000;
  private static final int MOST_CHARACTERS = 1 << 20;
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Pattern ADDRESS = Pattern.compile("0x[0-9a-f]{40}");

  public GenesisFile {
    check(chainId >= 1 && chainId <= Integer.MAX_VALUE, "chain id", chainId, "from 1 to 2^31-1");
    check(timestamp >= 0, "timestamp", timestamp, "0 or more");
    check(
        periodSeconds >= 0 && periodSeconds <= LONGEST_PERIOD_SECONDS,
        "period",
        periodSeconds,
        "from 0 to " + LONGEST_PERIOD_SECONDS + " seconds");
    sealers = List.copyOf(new TreeSet<>(sealers.stream().map(GenesisFile::address).toList()));
    check(
        !sealers.isEmpty() && sealers.size() <= MOST_ACCOUNTS,
        "number of sealers",
        sealers.size(),
        "from 1 to " + MOST_ACCOUNTS);
    SortedMap<String, BigInteger> sorted = new TreeMap<>();
    balances.forEach((account, wei) -> sorted.put(address(account), wei));
    check(
        sorted.size() <= MOST_ACCOUNTS,
        "number of accounts",
        sorted.size(),
        "at most " + MOST_ACCOUNTS);
    for (BigInteger wei : sorted.values()) {
      check(wei.signum() > 0 && wei.bitLength() <= 128, "balance", wei, "above 0 and below 2^128");
    }
    balances = Collections.unmodifiableSortedMap(sorted);
  }

  /**
   * Returns the genesis of a new chain, with a random id and blocks of one second.
   *
   * @param sealer account of the first node
   * @param funded accounts that can pay for transactions, such as the founder's
   */
  public static GenesisFile fresh(String sealer, Collection<String> funded) {
    return new GenesisFile(
        FIRST_RANDOM_ID + RANDOM.nextInt(RANDOM_IDS),
        Instant.now().getEpochSecond(),
        1,
        List.of(sealer),
        Stream.concat(Stream.of(sealer), funded.stream())
            .map(GenesisFile::address)
            .distinct()
            .collect(Collectors.toMap(account -> account, account -> PLENTY)));
  }

  public GenesisFile withChainId(long id) {
    return new GenesisFile(id, timestamp, periodSeconds, sealers, balances);
  }

  public GenesisFile withPeriodSeconds(int seconds) {
    return new GenesisFile(chainId, timestamp, seconds, sealers, balances);
  }

  /**
   * Reads what {@link #json} has written.
   *
   * @throws IllegalArgumentException when it is anything else: a rule that this version does not
   *     know would make another chain
   */
  public static GenesisFile parse(String json) {
    try {
      if (json.length() > MOST_CHARACTERS) {
        throw new IllegalArgumentException("it has " + json.length() + " characters");
      }
      JsonNode tree = RpcCalls.JSON.readTree(json);
      SortedMap<String, BigInteger> balances = new TreeMap<>();
      for (Map.Entry<String, JsonNode> entry : tree.path("alloc").properties()) {
        balances.put(
            "0x" + entry.getKey(), Numeric.toBigInt(entry.getValue().path("balance").asText()));
      }
      GenesisFile genesis =
          new GenesisFile(
              tree.path("config").path("chainId").asLong(),
              Numeric.toBigInt(tree.path("timestamp").asText()).longValueExact(),
              tree.path("config").path("clique").path("period").asInt(),
              GenesisHeader.sealers(tree.path("extraData").asText()),
              balances);
      if (!genesis.tree().equals(tree)) {
        throw new IllegalArgumentException("it has other rules than " + genesis.json());
      }
      return genesis;
    } catch (JsonProcessingException | RuntimeException e) {
      throw new IllegalArgumentException(
          "this is no genesis of a chain of Swarmstream: "
              + e.getMessage()
              + "; use the file of the node that you join, with the same version of Swarmstream",
          e);
    }
  }

  /** Hash of block 0: 0x and 64 hex digits. It identifies the chain. */
  public String hash() {
    return GenesisHeader.hash(this);
  }

  /**
   * Checks that this is the chain which somebody trusted has named.
   *
   * @throws IllegalArgumentException when it is another; the message has both hashes
   */
  public GenesisFile checkedAgainst(String expectedHash) {
    if (!hash().equals(expectedHash.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException(
          "the genesis file begins the chain "
              + hash()
              + ", but the chain to join is "
              + expectedHash
              + "; ask for the genesis of the network that invited you");
    }
    return this;
  }

  /** The file for geth: the same text for the same values. */
  public String json() {
    return tree().toPrettyString() + "\n";
  }

  private ObjectNode tree() {
    ObjectNode tree = RpcCalls.JSON.createObjectNode();
    ObjectNode config = tree.putObject("config").put("chainId", (int) chainId);
    for (String fork :
        List.of(
            "homestead",
            "eip150",
            "eip155",
            "eip158",
            "byzantium",
            "constantinople",
            "petersburg",
            "istanbul",
            "berlin",
            "london")) {
      config.put(fork + "Block", 0);
    }
    config.putObject("clique").put("period", periodSeconds).put("epoch", EPOCH_BLOCKS);
    tree.put("timestamp", "0x" + Long.toHexString(timestamp))
        .put("extraData", GenesisHeader.extraData(this))
        .put("gasLimit", "0x" + Long.toHexString(GAS_LIMIT))
        .put("difficulty", "0x1")
        .put("baseFeePerGas", "0x0");
    ObjectNode alloc = tree.putObject("alloc");
    balances.forEach(
        (account, wei) ->
            alloc.putObject(account.substring(2)).put("balance", "0x" + wei.toString(16)));
    return tree;
  }

  private static String address(String account) {
    String lower = account.toLowerCase(Locale.ROOT);
    check(ADDRESS.matcher(lower).matches(), "account", account, "0x and 40 hex digits");
    return lower;
  }

  private static void check(boolean isRight, String what, Object value, String rule) {
    if (!isRight) {
      throw new IllegalArgumentException("the " + what + " is " + value + "; it has to be " + rule);
    }
  }
}
