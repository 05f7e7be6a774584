package io.swarmstream.operators.verification;

import io.swarmstream.operators.merging.ChunkMerge;
import io.swarmstream.operators.messages.ChunkKey;
import io.swarmstream.operators.messages.GatheredDelta;
import io.swarmstream.schemas.FloatCodec;
import io.swarmstream.schemas.MerkleTree;
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
 * Makes a chunk of the model anew, round by round, in the order of the rounds whatever the order in
 * which their deltas come.
 *
 * <p>It starts from zero before round 0, else from a published model that its own round record
 * proves. Where a round cannot be made since deltas are missing, it goes on behind the gap from the
 * next such model.
 */
public final class StepModel
    extends KeyedCoProcessFunction<ChunkKey, GatheredDelta, StepSignal, ReplayNews> {
  private static final long serialVersionUID = 1L;

  // -- configuration
  private final ReplayPlan plan;

  // -- runtime
  /** The chunk after the newest round made; null: none is made. */
  private transient ValueState<byte[]> model;

  /** The round that it is of; null: none is made. */
  private transient ValueState<Long> newest;

  /** By round: merged deltas that wait for their base. */
  private transient MapState<Long, byte[]> merged;

  /** By round and place: deltas that wait for coefficients. */
  private transient MapState<DeltaPlace, byte[]> waiting;

  /** By round: how many of these there are. */
  private transient MapState<Long, Integer> waitingCounts;

  /** By round: coefficients that wait for deltas. */
  private transient MapState<Long, double[]> coefficients;

  /** By round: published chunks to start from. */
  private transient MapState<Long, byte[]> bases;

  /** A delta's round and its site's place in that round. */
  public record DeltaPlace(long round, int place) {
    // Flink keys its state by this hash: it must be the same in every JVM.
    @Override
    public int hashCode() {
      return Long.hashCode(round) * 31 + place;
    }
  }

  public StepModel(ReplayPlan plan) {
    this.plan = plan;
  }

  @Override
  public void open(OpenContext context) {
    var runtime = getRuntimeContext();
    var bytes = PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO;
    model = runtime.getState(new ValueStateDescriptor<>("model-chunk", bytes));
    newest = runtime.getState(new ValueStateDescriptor<>("newest-round", Types.LONG));
    merged = runtime.getMapState(new MapStateDescriptor<>("merged-deltas", Types.LONG, bytes));
    waiting =
        runtime.getMapState(
            new MapStateDescriptor<>(
                "waiting-deltas", TypeInformation.of(DeltaPlace.class), bytes));
    waitingCounts =
        runtime.getMapState(new MapStateDescriptor<>("waiting-counts", Types.LONG, Types.INT));
    coefficients =
        runtime.getMapState(
            new MapStateDescriptor<>(
                "coefficients",
                Types.LONG,
                PrimitiveArrayTypeInfo.DOUBLE_PRIMITIVE_ARRAY_TYPE_INFO));
    bases = runtime.getMapState(new MapStateDescriptor<>("bases", Types.LONG, bytes));
  }

  @Override
  public void processElement1(GatheredDelta delta, Context context, Collector<ReplayNews> out)
      throws Exception {
    context.timerService().registerEventTimeTimer(Long.MAX_VALUE);
    long round = delta.round();
    if (delta.merged()) {
      merged.put(round, delta.payload());
      goOn(context.getCurrentKey(), out);
      return;
    }
    waiting.put(new DeltaPlace(round, delta.index()), delta.payload());
    @Nullable Integer before = waitingCounts.get(round);
    waitingCounts.put(round, before == null ? 1 : before + 1);
    sumWhenAllAreHere(round, context.getCurrentKey(), out);
  }

  @Override
  public void processElement2(StepSignal signal, Context context, Collector<ReplayNews> out)
      throws Exception {
    if (signal.coefficients() != null) {
      coefficients.put(signal.round(), signal.coefficients());
      sumWhenAllAreHere(signal.round(), context.getCurrentKey(), out);
    } else {
      bases.put(signal.round(), Objects.requireNonNull(signal.base()));
      goOn(context.getCurrentKey(), out);
    }
  }

  private void sumWhenAllAreHere(long round, ChunkKey key, Collector<ReplayNews> out)
      throws Exception {
    double @Nullable [] factors = coefficients.get(round);
    @Nullable Integer here = waitingCounts.get(round);
    if (factors == null || here == null || here < factors.length) {
      return;
    }
    byte[][] payloads = new byte[factors.length][];
    for (int place = 0; place < payloads.length; place++) {
      DeltaPlace at = new DeltaPlace(round, place);
      payloads[place] = Objects.requireNonNull(waiting.get(at));
      waiting.remove(at);
    }
    waitingCounts.remove(round);
    coefficients.remove(round);
    merged.put(round, FloatCodec.encode(ChunkMerge.sum(payloads, factors)));
    goOn(key, out);
  }

  /** Makes every round that can be made now. */
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
    for (byte[] delta = merged.get(round); delta != null; delta = merged.get(round)) {
      merged.remove(round);
      base = ChunkMerge.next(base, FloatCodec.decode(delta));
      newest.update(round);
      model.update(base);
      bases.remove(round - 1);
      out.collect(ReplayNews.made(round, key.chunk(), MerkleTree.leaf(base).hex()));
      round++;
    }
  }

  /** The end of the log: a round that is not made by now never will be. */
  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<ReplayNews> out)
      throws Exception {
    long end = plan.firstRound() + plan.rounds().size();
    for (long round = plan.firstRound(); round < end; round++) {
      byte @Nullable [] base = bases.get(round - 1);
      if (base != null && merged.contains(round)) {
        newest.update(round - 1);
        model.update(base);
        goOn(context.getCurrentKey(), out);
      }
    }
  }
}
