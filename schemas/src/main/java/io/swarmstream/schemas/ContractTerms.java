package io.swarmstream.schemas;

import io.swarmstream.schemas.hashing.Canonical;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.layout.ChunkLayout;
import java.io.Serializable;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The terms of one training, as they stand on the chain; they never change.
 *
 * @param contract name of the training contract, also the first part of its topics' names
 * @param network where the terms stand: {@code eip155:chainId:genesisHash:registryAddress}; ties
 *     signatures to one chain
 * @param method merge method
 * @param minPeers fewest sites that make a round
 * @param gracePeriodMs how long a round waits for the other live sites once minPeers are complete,
 *     milliseconds
 * @param parameterCount float32 values of the model
 * @param chunkValues values of a full chunk
 * @param encoding how sites encode the values of their deltas
 * @param adaptiveInterval mini-batches that sites train before the first merge, when the rounds
 *     decide about those before the others; 0: each site keeps its own interval
 * @param layoutHash hash of the model layout's text, 64 hex digits
 * @param limits what no site may exceed in a round
 */
public record ContractTerms(
    String contract,
    String network,
    String method,
    int minPeers,
    long gracePeriodMs,
    long parameterCount,
    int chunkValues,
    Encoding encoding,
    int adaptiveInterval,
    String layoutHash,
    Limits limits)
    implements Serializable {

  /** Leaves room for intervals to grow. */
  public static final int MAX_ADAPTIVE_INTERVAL = 1_000_000;

  /** What Kafka allows in a topic's name, with room for the suffix. */
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9._-]{0,199}");

  /** Of terms that have no encoding, which is float32. */
  private static final byte[] TAG = Canonical.tag("swarmstream/terms/v1");

  private static final byte[] TAG_WITH_ENCODING = Canonical.tag("swarmstream/terms/v2");

  private static final byte[] TAG_OF_ADAPTIVE = Canonical.tag("swarmstream/terms/v3");

  private static final byte[] TAG_WITH_LIMITS = Canonical.tag("swarmstream/terms/v4");

  public ContractTerms {
    checkName(contract);
    if (minPeers < 1) {
      throw new IllegalArgumentException(
          "minPeers is " + minPeers + "; a round needs at least 1 site");
    }
    if (gracePeriodMs < 0) {
      throw new IllegalArgumentException(
          "gracePeriodMs is " + gracePeriodMs + "; it may not be negative");
    }
    if (adaptiveInterval < 0 || adaptiveInterval > MAX_ADAPTIVE_INTERVAL) {
      throw new IllegalArgumentException(
          "adaptiveInterval is "
              + adaptiveInterval
              + "; it has to be 1 to "
              + MAX_ADAPTIVE_INTERVAL
              + " mini-batches, or 0 for sites that keep their interval");
    }
    // Both constructors check their arguments.
    new ChunkLayout(parameterCount, chunkValues);
    layoutHash = Hash.ofHex(layoutHash).hex();
    // A savepoint of before there were limits has none.
    limits = Objects.requireNonNullElse(limits, Limits.NONE);
  }

  /** Terms of a training without limits in which each site keeps its interval. */
  public ContractTerms(
      String contract,
      String network,
      String method,
      int minPeers,
      long gracePeriodMs,
      long parameterCount,
      int chunkValues,
      Encoding encoding,
      String layoutHash) {
    this(
        contract,
        network,
        method,
        minPeers,
        gracePeriodMs,
        parameterCount,
        chunkValues,
        encoding,
        0,
        layoutHash,
        Limits.NONE);
  }

  /** The same, but for the interval. */
  public ContractTerms withAdaptiveInterval(int interval) {
    return new ContractTerms(
        contract,
        network,
        method,
        minPeers,
        gracePeriodMs,
        parameterCount,
        chunkValues,
        encoding,
        interval,
        layoutHash,
        limits);
  }

  /** The same, but for the limits. */
  public ContractTerms withLimits(Limits others) {
    return new ContractTerms(
        contract,
        network,
        method,
        minPeers,
        gracePeriodMs,
        parameterCount,
        chunkValues,
        encoding,
        adaptiveInterval,
        layoutHash,
        others);
  }

  /** Whether the rounds decide how long sites train between two merges. */
  public boolean isAdaptive() {
    return adaptiveInterval > 0;
  }

  /**
   * Checks a name and returns it.
   *
   * @throws IllegalArgumentException when Kafka would not take the name as a part of a topic's
   */
  public static String checkName(String contract) {
    if (!NAME.matcher(contract).matches()) {
      throw new IllegalArgumentException(
          "contract name \""
              + contract.replaceAll("\\p{Cntrl}", "?")
              + "\" has to start with a letter or digit, go on with letters, digits, dot, underscore or dash, and have"
              + " at most 200 characters");
    }
    return contract;
  }

  public ChunkLayout chunks() {
    return new ChunkLayout(parameterCount, chunkValues);
  }

  /** What the payloads of one contribution have in all. */
  public long payloadBytes() {
    ChunkLayout chunks = chunks();
    int last = chunks.chunkCount() - 1;
    return (long) last * encoding.bytes(chunkValues) + encoding.bytes(chunks.length(last));
  }

  /** What a site signs to say which terms it agrees to. */
  public Hash hash() {
    Canonical form =
        new Canonical(tag())
            .text(contract)
            .text(network)
            .text(method)
            .number(minPeers)
            .number(gracePeriodMs)
            .number(parameterCount)
            .number(chunkValues)
            .text(layoutHash);
    if (!limits.isNone()) {
      return form.text(encoding.code()).number(adaptiveInterval).text(limits.text()).hash();
    }
    if (isAdaptive()) {
      return form.text(encoding.code()).number(adaptiveInterval).hash();
    }
    return (encoding == Encoding.FLOAT32 ? form : form.text(encoding.code())).hash();
  }

  /** Terms hash to what they did before the fields that they do not use were there. */
  private byte[] tag() {
    if (!limits.isNone()) {
      return TAG_WITH_LIMITS;
    }
    return isAdaptive() ? TAG_OF_ADAPTIVE : encoding == Encoding.FLOAT32 ? TAG : TAG_WITH_ENCODING;
  }
}
