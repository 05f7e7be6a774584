package io.swarmstream.schemas;

import io.swarmstream.schemas.hashing.Canonical;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.hashing.PayloadHash;
import io.swarmstream.schemas.layout.ChunkLayout;
import java.io.Serializable;
import java.util.Objects;
import java.util.Optional;
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
 * @param parameterCount number of float32 values in the model, with that of an adaptive clip;
 *     {@link #trainedParameters} are without
 * @param chunkValues number of values in a full chunk
 * @param encoding kind of encoding of the deltas; {@link #deltaEncoding} is the whole term
 * @param adaptiveInterval mini-batches that sites train before the first merge, when each round
 *     decides the interval before the next merge; 0: each site keeps its own interval
 * @param layoutHash hash of the model layout's text, 64 hex digits
 * @param limits what no site may exceed in a round
 * @param payloadHash how the payloads of deltas and models are hashed
 * @param encodingShare the encoding's parameter, as in {@link DeltaEncoding}; 0: it has none
 * @param optimizer turns the merged delta into the step that is added to the model
 * @param privacy what sites do to their deltas before they send them
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
    int encodingShare,
    Optimizer optimizer,
    Privacy privacy)
    implements Serializable {

  /** Leaves room for the interval to grow. */
  public static final int MAX_ADAPTIVE_INTERVAL = 1_000_000;

  /** The names that Kafka allows for a topic, with room for the suffix. */
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9._-]{0,199}");

  private static final String TAG = "swarmstream/terms/v";

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
    new DeltaEncoding(encoding, encodingShare).requireTerm();
    new ChunkLayout(parameterCount, chunkValues);
    layoutHash = Hash.ofHex(layoutHash).hex();
    // A savepoint from a version without one of them has no value here.
    limits = Objects.requireNonNullElse(limits, Limits.NONE);
    payloadHash = Objects.requireNonNullElse(payloadHash, PayloadHash.UNNAMED);
    optimizer = Objects.requireNonNullElse(optimizer, Optimizer.NONE);
    privacy = Objects.requireNonNullElse(privacy, Privacy.NONE);
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

  /**
   * Creates terms with neither optimizer nor privacy; an interval of 0 or {@link Limits#NONE} says
   * that there is none.
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
        encoding.share(),
        Optimizer.NONE,
        Privacy.NONE);
  }

  /** Returns how sites encode the values of their deltas. */
  public DeltaEncoding deltaEncoding() {
    return new DeltaEncoding(encoding, encodingShare);
  }

  /** Returns how the payloads of a round are encoded. */
  public DeltaEncoding deltaEncoding(long round) {
    return isMasked() ? DeltaEncoding.MASKED : deltaEncoding().in(round);
  }

  /** Whether sites mask their deltas, so that the job learns their sum only. */
  public boolean isMasked() {
    return privacy.masked().isPresent();
  }

  /** Returns the greatest magnitude of a masked value; 0 if deltas are not masked. */
  public double maskRange() {
    return privacy.masked().map(Privacy.Masked::range).orElse(0.0);
  }

  /** Returns the clip that follows the sites' deltas; empty: it is fixed, or there is none. */
  public Optional<AdaptiveClip> adaptiveClip() {
    return AdaptiveClip.of(privacy, minPeers);
  }

  /** Returns how many of the model's values trainers have: the first ones. */
  public long trainedParameters() {
    return adaptiveClip().isPresent() ? parameterCount - 1 : parameterCount;
  }

  /** Returns a copy of these terms with another interval. */
  public ContractTerms withAdaptiveInterval(int interval) {
    return with(interval, limits, payloadHash, optimizer, privacy);
  }

  /** Returns a copy of these terms with other limits. */
  public ContractTerms withLimits(Limits others) {
    return with(adaptiveInterval, others, payloadHash, optimizer, privacy);
  }

  /** Returns a copy of these terms with another payload hash. */
  public ContractTerms withPayloadHash(PayloadHash other) {
    return with(adaptiveInterval, limits, other, optimizer, privacy);
  }

  /** Returns a copy of these terms with another optimizer. */
  public ContractTerms withOptimizer(Optimizer other) {
    return with(adaptiveInterval, limits, payloadHash, other, privacy);
  }

  /** Returns a copy of these terms with other privacy. */
  public ContractTerms withPrivacy(Privacy other) {
    return with(adaptiveInterval, limits, payloadHash, optimizer, other);
  }

  private ContractTerms with(
      int interval,
      Limits otherLimits,
      PayloadHash otherHash,
      Optimizer otherOptimizer,
      Privacy otherPrivacy) {
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
        encodingShare,
        otherOptimizer,
        otherPrivacy);
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
    int version = version();
    Canonical form =
        new Canonical(Canonical.tag(TAG + version))
            .text(contract)
            .text(network)
            .text(method)
            .number(minPeers)
            .number(gracePeriodMs)
            .number(parameterCount)
            .number(chunkValues)
            .text(layoutHash);
    form = version < 2 ? form : form.text(deltaEncoding().code());
    form = version < 3 ? form : form.number(adaptiveInterval);
    form = version < 4 ? form : form.text(limits.text());
    form = version < 5 ? form : form.text(payloadHash.code());
    form = version < 6 ? form : form.text(optimizer.text());
    form = version < 7 ? form : form.text(privacy.text());
    return form.hash();
  }

  /**
   * Returns the oldest version that covers the fields in use, so that terms that use no newer field
   * keep their hash.
   */
  private int version() {
    if (!privacy.isNone()) {
      return 7;
    }
    if (!optimizer.isNone()) {
      return 6;
    }
    if (payloadHash != PayloadHash.UNNAMED) {
      return 5;
    }
    if (!limits.isNone()) {
      return 4;
    }
    return isAdaptive() ? 3 : encoding == Encoding.FLOAT32 ? 1 : 2;
  }
}
