package io.swarmstream.site.internal;

import io.swarmstream.clients.kafka.log.PublishedRound;
import io.swarmstream.schemas.layout.FlatVector;
import io.swarmstream.site.ForeignContribution;
import io.swarmstream.site.Merged;
import io.swarmstream.site.RoundSummary;
import io.swarmstream.site.SyncTimes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.VarHandle;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A merged model in the place where the site keeps it, readable until the place is given up. */
final class HeldMerge implements Merged {
  private final RoundSummary summary;
  private final HeldModel model;
  private final boolean participated;
  private final boolean anchored;
  private final @Nullable ForeignContribution foreign;
  private final @Nullable SyncTimes times;

  /** True once a later model may be written to the same place. */
  private volatile boolean givenUp;

  HeldMerge(
      PublishedRound sealed,
      HeldModel model,
      boolean participated,
      boolean anchored,
      Optional<ForeignContribution> foreign,
      @Nullable SyncTimes times) {
    this.summary = WireViews.summary(sealed);
    this.model = model;
    this.participated = participated;
    this.anchored = anchored;
    this.foreign = foreign.orElse(null);
    this.times = times;
  }

  @Override
  public long round() {
    return summary.round();
  }

  @Override
  public float[] weights() {
    float[] weights = new float[Math.toIntExact(summary.parameterCount())];
    read(0, weights, weights.length);
    return weights;
  }

  @Override
  public FlatVector vector() {
    return this::read;
  }

  private void read(long from, float[] into, int count) {
    model.read(from, into, count);
    // Checked after the read, in the processor's order, too: nobody writes before the flag is set.
    VarHandle.acquireFence();
    if (givenUp) {
      throw new UncheckedIOException(
          new IOException(
              "the model of round " + round() + " is no longer kept: its site has a newer one"));
    }
  }

  @Override
  public RoundSummary summary() {
    return summary;
  }

  @Override
  public Optional<SyncTimes> times() {
    return Optional.ofNullable(times);
  }

  @Override
  public boolean participated() {
    return participated;
  }

  @Override
  public Optional<ForeignContribution> foreign() {
    return Optional.ofNullable(foreign);
  }

  @Override
  public boolean anchored() {
    return anchored;
  }

  /** Frees memory and files; a model in a file cannot be read any more. */
  void discard() {
    model.discard();
  }

  /** Ends all reading; returns the place for another model. */
  HeldModel giveUp() {
    givenUp = true;
    return model;
  }
}
