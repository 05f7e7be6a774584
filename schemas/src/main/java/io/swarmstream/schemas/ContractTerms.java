package io.swarmstream.schemas;

import io.swarmstream.schemas.hashing.Canonical;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.hashing.PayloadHash;
import io.swarmstream.schemas.layout.ChunkLayout;
import java.io.Serializable;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The terms of one training, as the chain holds them; they never change.
 *
 * @param contract name of the training contract, also the first part of its topics' names
 * @param network where the terms are registered: {@code
 *     eip155:chainId:genesisHash:registryAddress}; ties signatures to one chain
 * @param method merge method
 * @param minPeers minimum number of sites in a round
 * @param gracePeriodMs how long a round waits for the other live sites once minPeers are complete,
 *     milliseconds
 * @param parameterCount number of float32 values in the model
 * @param chunkValues number of values in a full chunk
 * @param encoding kind of encoding of the deltas; {@link #deltaEncoding} is the whole term
 * @param adaptiveInterval mini-batches that sites train before the first merge, when each round
 *     decides the interval before the next merge; 0: each site keeps its own interval
 * @param layoutHash hash of the model layout's text, 64 hex digits
 * @param limits what no site may exceed in a round
 * @param payloadHash how the payloads of deltas and models are hashed
 * @param encodingShare the encoding's parameter, as in {@link DeltaEncoding}; 0: it has none
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
    Limits limits,
    PayloadHash payloadHash,
    int encodingShare)
    implements Serializable {

  /** Leaves room for the interval to grow. */
  public static final int MAX_ADAPTIVE_INTERVAL = 1_000_000;

  /** The names that Kafka allows for a topic, with room for the suffix. */
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9._-]{0,199}");

  /** Tag of terms without an encoding field, whose encoding is float32. */
  private static final byte[] TAG = Canonical.tag("swarmstream/terms/v1");

  private static final byte[] TAG_WITH_ENCODING = Canonical.tag("swarmstream/terms/v2");

  private static final byte[] TAG_OF_ADAPTIVE = Canonical.tag("swarmstream/terms/v3");

  private static final byte[] TAG_WITH_LIMITS = Canonical.tag("swarmstream/terms/v4");

  private static final byte[] TAG_WITH_PAYLOAD_HASH = Canonical.tag("swarmstream/terms/v5");

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
    // All these constructors check their arguments.
    new DeltaEncoding(encoding, encodingShare);
    new ChunkLayout(parameterCount, chunkValues);
    layoutHash = Hash.ofHex(layoutHash).hex();
    // A savepoint from a version without limits, or without payload hashes, has no value here.
    limits = Objects.requireNonNullElse(limits, Limits.NONE);
    payloadHash = Objects.requireNonNullElse(payloadHash, PayloadHash.UNNAMED);
  }

  /**
   * Creates terms without limits, with {@link PayloadHash#BLAKE3}, under which each site keeps its
   * own interval.
   */
  public ContractTerms(
      String contract,
      String network,
      String method,
      int minPeers,
      long gracePeriodMs,
      long parameterCount,
      int chunkValues,
      DeltaEncoding encoding,
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
        Limits.NONE,
        PayloadHash.BLAKE3);
  }

  /** Creates terms; an interval of 0 or {@link Limits#NONE} says that there is none. */
  public ContractTerms(
      String contract,
      String network,
      String method,
      int minPeers,
      long gracePeriodMs,
      long parameterCount,
      int chunkValues,
      DeltaEncoding encoding,
      int adaptiveInterval,
      String layoutHash,
      Limits limits,
      PayloadHash payloadHash) {
    this(
        contract,
        network,
        method,
        minPeers,
        gracePeriodMs,
        parameterCount,
        chunkValues,
        encoding.kind(),
        adaptiveInterval,
        layoutHash,
        limits,
        payloadHash,
        encoding.share());
  }

  /** Returns how sites encode the values of their deltas. */
  public DeltaEncoding deltaEncoding() {
    return new DeltaEncoding(encoding, encodingShare);
  }

  /** Returns how the payloads of a round are encoded. */
  public DeltaEncoding deltaEncoding(long round) {
    return deltaEncoding().in(round);
  }

  /** Returns a copy of these terms with another interval. */
  public ContractTerms withAdaptiveInterval(int interval) {
    return with(interval, limits, payloadHash);
  }

  /** Returns a copy of these terms with other limits. */
  public ContractTerms withLimits(Limits others) {
    return with(adaptiveInterval, others, payloadHash);
  }

  /** Returns a copy of these terms with another payload hash. */
  public ContractTerms withPayloadHash(PayloadHash other) {
    return with(adaptiveInterval, limits, other);
  }

  private ContractTerms with(int interval, Limits otherLimits, PayloadHash otherHash) {
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
        otherLimits,
        otherHash,
        encodingShare);
  }

  /** Whether the rounds determine how long sites train between two merges. */
  public boolean isAdaptive() {
    return adaptiveInterval > 0;
  }

  /**
   * Checks a contract's name and returns it.
   *
   * @throws IllegalArgumentException if Kafka does not allow the name as part of a topic's name
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

  /** Returns the total bytes of the payloads of one contribution to a round. */
  public long payloadBytes(long round) {
    DeltaEncoding encoding = deltaEncoding(round);
    ChunkLayout chunks = chunks();
    int last = chunks.chunkCount() - 1;
    return (long) last * encoding.bytes(chunkValues) + encoding.bytes(chunks.length(last));
  }

  /** Returns the hash that a site signs to agree to these terms. */
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
    if (namesPayloadHash()) {
      return form.text(deltaEncoding().code())
          .number(adaptiveInterval)
          .text(limits.text())
          .text(payloadHash.code())
          .hash();
    }
    if (!limits.isNone()) {
      return form.text(deltaEncoding().code()).number(adaptiveInterval).text(limits.text()).hash();
    }
    if (isAdaptive()) {
      return form.text(deltaEncoding().code()).number(adaptiveInterval).hash();
    }
    return (encoding == Encoding.FLOAT32 ? form : form.text(deltaEncoding().code())).hash();
  }

  /**
   * Returns the oldest tag that covers the fields in use, so that terms that use no newer field
   * keep their hash.
   */
  private byte[] tag() {
    if (namesPayloadHash()) {
      return TAG_WITH_PAYLOAD_HASH;
    }
    if (!limits.isNone()) {
      return TAG_WITH_LIMITS;
    }
    return isAdaptive() ? TAG_OF_ADAPTIVE : encoding == Encoding.FLOAT32 ? TAG : TAG_WITH_ENCODING;
  }

  private boolean namesPayloadHash() {
    return payloadHash != PayloadHash.UNNAMED;
  }
}
