package io.swarmstream.verification.replay;

import io.swarmstream.operators.merging.ChunkMerge;
import io.swarmstream.operators.merging.ChunkStep;
import io.swarmstream.operators.merging.MergedDelta;
import io.swarmstream.operators.messages.ChunkKey;
import io.swarmstream.operators.messages.GatheredRound;
import io.swarmstream.operators.payloads.PayloadAccess;
import io.swarmstream.operators.payloads.PayloadReader;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Computes a chunk of the model again in the order of the rounds, whatever the order in which their
 * deltas arrive.
 *
 * <p>Starts from zero before round 0, otherwise from a published model that its own round record
 * proves, as it does the optimizer's state. After a round that cannot be computed because deltas
 * are missing, continues from the next such model.
 */
public final class StepModel
    extends KeyedCoProcessFunction<ChunkKey, GatheredRound, StepSignal, ReplayNews> {
  private static final long serialVersionUID = 1L;

  // -- configuration
  private final ReplayPlan plan;

  private final PayloadAccess payloads;

  // -- runtime
  private transient StepBases bases;

  /** The round of the newest computed chunk; null: none yet. */
  private transient ValueState<Long> newest;

  /** By round: deltas that wait for their base, or for their coefficients. */
  private transient MapState<Long, GatheredRound> gathered;

  /** By round: coefficients, of a round that needs them. */
  private transient MapState<Long, double[]> coefficients;

  /**
   * By round: the factors that its deltas are multiplied with first; null when none is too long.
   */
  private transient MapState<Long, double[]> factors;

  private transient @Nullable PayloadReader reader;

  public StepModel(ReplayPlan plan, PayloadAccess payloads) {
    this.plan = plan;
    this.payloads = payloads;
  }

  @Override
  public void open(OpenContext context) {
    var runtime = getRuntimeContext();
    bases = new StepBases(plan.terms().optimizer(), runtime);
    newest = runtime.getState(new ValueStateDescriptor<>("newest-round", Types.LONG));
    gathered =
        runtime.getMapState(
            new MapStateDescriptor<>(
                "gathered-rounds", Types.LONG, TypeInformation.of(GatheredRound.class)));
    coefficients =
        runtime.getMapState(
            new MapStateDescriptor<>(
                "coefficients",
                Types.LONG,
                PrimitiveArrayTypeInfo.DOUBLE_PRIMITIVE_ARRAY_TYPE_INFO));
    factors =
        runtime.getMapState(
            new MapStateDescriptor<>(
                "factors", Types.LONG, PrimitiveArrayTypeInfo.DOUBLE_PRIMITIVE_ARRAY_TYPE_INFO));
    reader = payloads.reader("replay-step-" + runtime.getTaskInfo().getIndexOfThisSubtask());
  }

  @Override
  public void processElement1(GatheredRound round, Context context, Collector<ReplayNews> out)
      throws Exception {
    context.timerService().registerEventTimeTimer(Long.MAX_VALUE);
    gathered.put(round.round(), round);
    goOn(context.getCurrentKey(), out);
  }

  @Override
  public void processElement2(StepSignal signal, Context context, Collector<ReplayNews> out)
      throws Exception {
    switch (signal.kind()) {
      case SOLVED -> {
        coefficients.put(signal.round(), Objects.requireNonNull(signal.coefficients()));
        if (signal.factors() != null) {
          factors.put(signal.round(), signal.factors());
        }
      }
      case BASE -> bases.add(signal, Objects.requireNonNull(signal.base()));
    }
    goOn(context.getCurrentKey(), out);
  }

  /** Computes all rounds that can be computed now. */
  private void goOn(ChunkKey key, Collector<ReplayNews> out) throws Exception {
    @Nullable Long last = newest.value();
    @Nullable ChunkStep base = bases.newest();
    if (last == null) {
      last = plan.firstRound() - 1;
      base = bases.published(last);
      if (base == null && last >= 0) {
        return;
      }
    }
    long round = last + 1;
    for (GatheredRound next = ready(round); next != null; next = ready(round)) {
      MergedDelta delta =
          ChunkMerge.delta(
              next, coefficients.get(round), factors.get(round), Objects.requireNonNull(reader));
      gathered.remove(round);
      coefficients.remove(round);
      factors.remove(round);
      base =
          base == null
              ? ChunkStep.after(next, null, List.of(), delta)
              : ChunkStep.after(next, base.model(), base.state(), delta);
      newest.update(round);
      bases.update(base);
      bases.drop(round - 1);
      out.collect(
          ReplayNews.made(
              round,
              new ReplayNews.MadeChunk(
                  key.chunk(),
                  plan.terms().payloadHash().leaf(base.model()).hex(),
                  delta.squares(),
                  delta.figures(),
                  base.stateHashes(plan.terms().payloadHash()),
                  round == plan.kept() ? base.model() : null)));
      round++;
    }
  }

  /** The round, with its coefficients if it needs them; null while a part of it is missing. */
  private @Nullable GatheredRound ready(long round) throws Exception {
    @Nullable GatheredRound here = gathered.get(round);
    return here == null || (ChunkMerge.hasFirstPass(here) && !coefficients.contains(round))
        ? null
        : here;
  }

  /** The end of the log: a round that is not computed by now never will be. */
  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<ReplayNews> out)
      throws Exception {
    long end = plan.firstRound() + plan.rounds().size();
    for (long round = plan.firstRound(); round < end; round++) {
      @Nullable ChunkStep base = bases.published(round - 1);
      if (base != null && ready(round) != null) {
        newest.update(round - 1);
        bases.update(base);
        goOn(context.getCurrentKey(), out);
      }
    }
  }

  @Override
  public void close() {
    if (reader != null) {
      reader.close();
    }
  }
}
