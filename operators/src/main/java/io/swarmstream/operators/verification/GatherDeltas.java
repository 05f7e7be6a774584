package io.swarmstream.operators.verification;

import io.swarmstream.operators.merging.ChunkMerge;
import io.swarmstream.operators.messages.ChunkRef;
import io.swarmstream.operators.messages.GatheredDelta;
import io.swarmstream.operators.messages.GramPart;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.FloatCodec;
import java.util.ArrayList;
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
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Merges a chunk of a round as soon as the deltas of all its participants are there, and says at
 * the end of the log which never came.
 */
public final class GatherDeltas
    extends KeyedProcessFunction<RoundChunk, DeltaSignal, GatheredDelta> {
  private static final long serialVersionUID = 1L;

  public static final OutputTag<GramPart> GRAMS =
      new OutputTag<>("replayed-gram-parts", TypeInformation.of(GramPart.class));
  public static final OutputTag<ReplayNews> NEWS =
      new OutputTag<>("missing-deltas", TypeInformation.of(ReplayNews.class));

  /** Claims kept of each delta: enough to see what is going on, whoever floods the log. */
  private static final int CLAIMS = 3;

  // -- configuration
  private final ReplayPlan plan;

  // -- runtime
  /** By place: the delta found; empty once merged. */
  private transient MapState<Integer, byte[]> deltas;

  /** How many are found; null: none; {@link #MERGED} once they are merged. */
  private transient ValueState<Integer> found;

  /** By place: records that claim to be the delta; empty once merged. */
  private transient MapState<Integer, List<MissingDelta.Claim>> claims;

  private static final int MERGED = -1;

  public GatherDeltas(ReplayPlan plan) {
    this.plan = plan;
  }

  @Override
  public void open(OpenContext context) {
    var runtime = getRuntimeContext();
    deltas =
        runtime.getMapState(
            new MapStateDescriptor<>(
                "deltas", Types.INT, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    found = runtime.getState(new ValueStateDescriptor<>("found", Types.INT));
    claims =
        runtime.getMapState(
            new MapStateDescriptor<>(
                "claims", Types.INT, Types.LIST(TypeInformation.of(MissingDelta.Claim.class))));
  }

  @Override
  public void processElement(DeltaSignal signal, Context context, Collector<GatheredDelta> out)
      throws Exception {
    @Nullable Integer before = found.value();
    if (before != null && before == MERGED) {
      return;
    }
    if (signal.place() < 0) {
      // The end of the log: then nothing more can come.
      context.timerService().registerEventTimeTimer(Long.MAX_VALUE);
    } else if (signal.payload() == null) {
      keep(signal);
    } else if (!deltas.contains(signal.place())) {
      // A second copy has the same bits: both are proven by the same root.
      deltas.put(signal.place(), signal.payload());
      int there = before == null ? 1 : before + 1;
      found.update(there);
      if (there == plan.head(signal.round()).participants().size()) {
        merge(signal.key(), there, context, out);
      }
    }
  }

  private void keep(DeltaSignal flawed) throws Exception {
    @Nullable List<MissingDelta.Claim> known = claims.get(flawed.place());
    List<MissingDelta.Claim> all = known == null ? new ArrayList<>() : new ArrayList<>(known);
    if (all.size() < CLAIMS) {
      ChunkRef ref = Objects.requireNonNull(flawed.ref());
      all.add(new MissingDelta.Claim(ref, Objects.requireNonNull(flawed.flaw())));
      claims.put(flawed.place(), all);
    }
  }

  private void merge(RoundChunk at, int n, Context context, Collector<GatheredDelta> out)
      throws Exception {
    byte[][] payloads = new byte[n][];
    for (int place = 0; place < n; place++) {
      payloads[place] = deltas.get(place);
    }
    deltas.clear();
    claims.clear();
    found.update(MERGED);
    ContractTerms terms = plan.terms();
    int[] weights = plan.weights(at.round());
    ChunkMerge merge = ChunkMerge.of(terms.method(), payloads, weights);
    if (merge.delta() != null) {
      out.collect(gathered(at, 0, 1, true, FloatCodec.encode(merge.delta())));
      return;
    }
    context.output(
        GRAMS,
        new GramPart(
            terms.contract(),
            at.chunk(),
            plan.chunkCount(),
            at.round(),
            terms.method(),
            weights,
            Objects.requireNonNull(merge.gram())));
    for (int place = 0; place < n; place++) {
      out.collect(gathered(at, place, n, false, payloads[place]));
    }
  }

  private GatheredDelta gathered(
      RoundChunk at, int place, int count, boolean merged, byte[] payload) {
    return new GatheredDelta(
        plan.terms().contract(),
        at.chunk(),
        plan.chunkCount(),
        at.round(),
        place,
        count,
        merged,
        payload);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<GatheredDelta> out)
      throws Exception {
    @Nullable Integer there = found.value();
    if (there != null && there == MERGED) {
      return;
    }
    RoundChunk at = context.getCurrentKey();
    for (int place = 0; place < plan.head(at.round()).participants().size(); place++) {
      if (!deltas.contains(place)) {
        @Nullable List<MissingDelta.Claim> known = claims.get(place);
        context.output(
            NEWS,
            ReplayNews.of(
                new MissingDelta(
                    at.round(), at.chunk(), place, known == null ? List.of() : known)));
      }
    }
  }
}
