package io.swarmstream.verification.replay;

import io.swarmstream.operators.merging.ChunkMerge;
import io.swarmstream.operators.merging.MergedDelta;
import io.swarmstream.operators.messages.ChunkKey;
import io.swarmstream.operators.messages.GatheredRound;
import io.swarmstream.operators.payloads.PayloadAccess;
import io.swarmstream.operators.payloads.PayloadReader;
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
 * proves. After a round that cannot be computed because deltas are missing, continues from the next
 * such model.
 */
public final class StepModel
    extends KeyedCoProcessFunction<ChunkKey, GatheredRound, StepSignal, ReplayNews> {
  private static final long serialVersionUID = 1L;

  // -- configuration
  private final ReplayPlan plan;

  private final PayloadAccess payloads;

  // -- runtime
  /** The chunk after the newest computed round; null: none yet. */
  private transient ValueState<byte[]> model;

  /** The round of that chunk; null: none yet. */
  private transient ValueState<Long> newest;

  /** By round: deltas that wait for their base, or for their coefficients. */
  private transient MapState<Long, GatheredRound> gathered;

  /** By round: coefficients, of a round that needs them. */
  private transient MapState<Long, double[]> coefficients;

  /**
   * By round: the factors that its deltas are multiplied with first; null when none is too long.
   */
  private transient MapState<Long, double[]> factors;

  /** By round: published chunks to start from. */
  private transient MapState<Long, byte[]> bases;

  private transient @Nullable PayloadReader reader;

  public StepModel(ReplayPlan plan, PayloadAccess payloads) {
    this.plan = plan;
    this.payloads = payloads;
  }

  @Override
  public void open(OpenContext context) {
    var runtime = getRuntimeContext();
    var bytes = PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO;
    model = runtime.getState(new ValueStateDescriptor<>("model-chunk", bytes));
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
    bases = runtime.getMapState(new MapStateDescriptor<>("bases", Types.LONG, bytes));
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
      case BASE -> bases.put(signal.round(), Objects.requireNonNull(signal.base()));
    }
    goOn(context.getCurrentKey(), out);
  }

  /** Computes all rounds that can be computed now. */
  private void goOn(ChunkKey key, Collector<ReplayNews> out) throws Exception {
    @Nullable Long last = newest.value();
    byte @Nullable [] base = model.value();
    if (last == null) {
      last = plan.firstRound() - 1;
      base = bases.get(last);
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
      base = ChunkMerge.next(base, delta.values());
      newest.update(round);
      model.update(base);
      bases.remove(round - 1);
      out.collect(
          ReplayNews.made(
              round,
              new ReplayNews.MadeChunk(
                  key.chunk(),
                  plan.terms().payloadHash().leaf(base).hex(),
                  delta.squares(),
                  delta.figures(),
                  round == plan.kept() ? base : null)));
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
      byte @Nullable [] base = bases.get(round - 1);
      if (base != null && ready(round) != null) {
        newest.update(round - 1);
        model.update(base);
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
