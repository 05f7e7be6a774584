package io.swarmstream.verification.replay;

import io.swarmstream.operators.merging.ChunkMerge;
import io.swarmstream.operators.messages.ChunkRef;
import io.swarmstream.operators.messages.GatheredDelta;
import io.swarmstream.operators.messages.GatheredRound;
import io.swarmstream.operators.messages.RoundPart;
import io.swarmstream.operators.payloads.PayloadAccess;
import io.swarmstream.operators.payloads.PayloadReader;
import io.swarmstream.schemas.ContractTerms;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Forwards a chunk of a round to be merged as soon as the deltas of all its participants are found,
 * and reports the missing ones at the end of the log.
 */
public final class GatherDeltas
    extends KeyedProcessFunction<RoundChunk, DeltaSignal, GatheredRound> {
  private static final long serialVersionUID = 1L;

  public static final OutputTag<RoundPart> PARTS =
      new OutputTag<>("replayed-round-parts", TypeInformation.of(RoundPart.class));
  public static final OutputTag<ReplayNews> NEWS =
      new OutputTag<>("missing-deltas", TypeInformation.of(ReplayNews.class));

  /**
   * Number of claims kept for each delta: enough for a diagnosis, and bounded if the log is
   * flooded.
   */
  private static final int CLAIMS = 3;

  // -- configuration
  private final ReplayPlan plan;

  private final PayloadAccess payloads;

  // -- runtime
  /** By place: the delta found; empty once all are. */
  private transient MapState<Integer, GatheredDelta> deltas;

  /** How many are found; null: none; {@link #ALL} once all are. */
  private transient ValueState<Integer> found;

  /** By place: records that claim to be the delta; empty once all are found. */
  private transient MapState<Integer, List<MissingDelta.Claim>> claims;

  private transient @Nullable PayloadReader reader;

  private static final int ALL = -1;

  public GatherDeltas(ReplayPlan plan, PayloadAccess payloads) {
    this.plan = plan;
    this.payloads = payloads;
  }

  @Override
  public void open(OpenContext context) {
    var runtime = getRuntimeContext();
    deltas =
        runtime.getMapState(
            new MapStateDescriptor<>("deltas", Types.INT, TypeInformation.of(GatheredDelta.class)));
    found = runtime.getState(new ValueStateDescriptor<>("found", Types.INT));
    claims =
        runtime.getMapState(
            new MapStateDescriptor<>(
                "claims", Types.INT, Types.LIST(TypeInformation.of(MissingDelta.Claim.class))));
    reader = payloads.reader("replay-gather-" + runtime.getTaskInfo().getIndexOfThisSubtask());
  }

  @Override
  public void processElement(DeltaSignal signal, Context context, Collector<GatheredRound> out)
      throws Exception {
    @Nullable Integer before = found.value();
    if (before != null && before == ALL) {
      return;
    }
    switch (signal.kind()) {
      // The end of the log: nothing can arrive any more.
      case PLANNED -> context.timerService().registerEventTimeTimer(Long.MAX_VALUE);
      case FLAWED -> keep(signal);
      case FOUND -> {
        // A second copy has the same bits: both are proven by the same root.
        if (!deltas.contains(signal.place())) {
          add(signal, before == null ? 1 : before + 1, context, out);
        }
      }
    }
  }

  private void add(DeltaSignal signal, int there, Context context, Collector<GatheredRound> out)
      throws Exception {
    int weight = plan.weights(signal.round())[signal.place()];
    ChunkRef ref = Objects.requireNonNull(signal.ref());
    String hash = Objects.requireNonNull(signal.chunkHash());
    deltas.put(signal.place(), new GatheredDelta(ref, hash, weight));
    found.update(there);
    if (there == plan.head(signal.round()).participants().size()) {
      passOn(signal.key(), there, context, out);
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

  private void passOn(RoundChunk at, int n, Context context, Collector<GatheredRound> out)
      throws Exception {
    List<GatheredDelta> all = new ArrayList<>(n);
    for (int place = 0; place < n; place++) {
      all.add(deltas.get(place));
    }
    deltas.clear();
    claims.clear();
    found.update(ALL);
    ContractTerms terms = plan.terms();
    GatheredRound round =
        new GatheredRound(
            terms.contract(),
            at.chunk(),
            plan.chunkCount(),
            at.round(),
            terms.method(),
            terms.deltaEncoding(at.round()).kind(),
            terms.isAdaptive(),
            all,
            terms.limits(),
            terms.payloadHash(),
            terms.optimizer(),
            plan.head(at.round()).maskedSum());
    if (ChunkMerge.hasFirstPass(round)) {
      context.output(PARTS, ChunkMerge.firstPass(round, Objects.requireNonNull(reader)));
    }
    out.collect(round);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<GatheredRound> out)
      throws Exception {
    @Nullable Integer there = found.value();
    if (there != null && there == ALL) {
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

  @Override
  public void close() {
    if (reader != null) {
      reader.close();
    }
  }
}
