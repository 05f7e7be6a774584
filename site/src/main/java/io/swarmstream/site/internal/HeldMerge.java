package io.swarmstream.site.internal;

import io.swarmstream.schemas.ContractTerms;
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
  private final float logClip;
  private final @Nullable Double clip;
  private final boolean participated;
  private final boolean anchored;
  private final @Nullable ForeignContribution foreign;
  private final @Nullable SyncTimes times;

  /** True once a later model may be written to the same place. */
  private volatile boolean givenUp;

  HeldMerge(
      ContractTerms terms,
      BaseModel.Received received,
      boolean participated,
      boolean anchored,
      Optional<ForeignContribution> foreign,
      @Nullable SyncTimes times) {
    this.summary = WireViews.summary(received.sealed(), terms.trainedParameters());
    this.model = received.model();
    this.logClip = terms.adaptiveClip().isPresent() ? lastValue(terms.parameterCount()) : 0;
    this.clip = terms.adaptiveClip().map(adaptive -> adaptive.clip(logClip)).orElse(null);
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

  /** Also has the value of an adaptive clip, at its end; the newest model is updated from it. */
  @Override
  public FlatVector vector() {
    return this::read;
  }

  private float lastValue(long size) {
    float[] last = new float[1];
    model.read(size - 1, last, 1);
    return last[0];
  }

  /** Logarithm of the clip, as the model has it; 0 if the clip is not adaptive. */
  float logClip() {
    return logClip;
  }

  @Override
  public Optional<Double> clip() {
    return Optional.ofNullable(clip);
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
