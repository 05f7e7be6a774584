package io.swarmstream.site;

import io.swarmstream.clients.kafka.log.SealedRound;
import io.swarmstream.schemas.avro.RoundRecord;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.layout.FlatVector;
import io.swarmstream.schemas.rounds.ClippedDelta;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.VarHandle;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A merged model as a site gets it: proven against its round record, and that against the chain.
 */
public final class Merged {
  private final SealedRound sealed;
  private final HeldModel model;
  private final boolean participated;
  private final boolean anchored;
  private final @Nullable ForeignContribution foreign;
  private final @Nullable SyncTimes times;
  private volatile boolean given;

  Merged(
      SealedRound sealed,
      HeldModel model,
      boolean participated,
      boolean anchored,
      @Nullable ForeignContribution foreign,
      @Nullable SyncTimes times) {
    this.sealed = sealed;
    this.model = model;
    this.participated = participated;
    this.anchored = anchored;
    this.foreign = foreign;
    this.times = times;
  }

  public long round() {
    return sealed.round();
  }

  /** The flat vector of all weights; the caller's own copy. */
  public float[] weights() {
    float[] weights = new float[Math.toIntExact(record().getParameterCount())];
    read(0, weights, weights.length);
    return weights;
  }

  /**
   * The same, piece by piece, by any number of threads, until the site has the next model: that one
   * and the one after share the places of two.
   */
  public FlatVector vector() {
    return this::read;
  }

  private void read(long from, float[] into, int count) {
    model.read(from, into, count);
    // Asked after the reading, by the processor, too: nobody writes there before it is said.
    VarHandle.acquireFence();
    if (given) {
      throw new UncheckedIOException(
          new IOException(
              "the model of round " + round() + " is no longer kept: its site has a newer one"));
    }
  }

  /** How long it took; empty of a model that the site caught up with. */
  public Optional<SyncTimes> times() {
    return Optional.ofNullable(times);
  }

  /** Merkle root of the model. */
  public Hash hash() {
    return Hash.of(record().getModelHash());
  }

  /** How the model came to be. */
  public RoundRecord record() {
    return sealed.record();
  }

  /**
   * Mini-batches that each site trains before the next merge, as the round decided; 0: the contract
   * is not adaptive, and each site keeps its own number.
   */
  public int nextInterval() {
    return record().getNextInterval();
  }

  /**
   * What the round did to the delta of a site that was longer than it allowed; empty: nothing.
   *
   * @param site address
   */
  public Optional<ClippedDelta> clipped(String site) {
    return ClippedDelta.in(record()).stream()
        .filter(clipped -> clipped.site().equals(site))
        .findFirst();
  }

  public SealedRound sealed() {
    return sealed;
  }

  /**
   * Whether the model of the round that was just contributed to has a contribution of this site;
   * that round may be older than this one.
   *
   * <p>As a rule it is the one just sent. A site that had contributed to the round as a whole,
   * died, and contributed to it again with another result, has the first one in it: one counts, and
   * the second is refused as conflicting. {@link #record()} names the contribution that is in.
   *
   * <p>One that is there under the site's address, and that the site does not know to have sent, is
   * {@link #foreign()}: the site did not participate.
   */
  public boolean participated() {
    return participated;
  }

  /**
   * What somebody else has contributed with this site's key, in the newest round in which that was
   * seen; empty: in none. A process that was started again in the middle of a round knows its own
   * earlier contribution to that round only with {@link SiteOptions#memoryFolder()}.
   */
  public Optional<ForeignContribution> foreign() {
    return Optional.ofNullable(foreign);
  }

  /** Whether the chain confirmed the record before the model was handed over. */
  public boolean anchored() {
    return anchored;
  }

  /** Gives up what it takes; where that is a file, it cannot be read any more. */
  void discard() {
    model.discard();
  }

  /** Ends its being read; returns the place where it is, for another model. */
  HeldModel giveUp() {
    given = true;
    return model;
  }
}
