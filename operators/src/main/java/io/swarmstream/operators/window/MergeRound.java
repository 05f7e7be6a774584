package io.swarmstream.operators.window;

import io.swarmstream.operators.merging.ChunkMerge;
import io.swarmstream.operators.messages.ChunkKey;
import io.swarmstream.operators.messages.ChunkPlan;
import io.swarmstream.operators.messages.ChunkRef;
import io.swarmstream.operators.messages.ChunkSignal;
import io.swarmstream.operators.messages.GatheredDelta;
import io.swarmstream.operators.messages.GramPart;
import io.swarmstream.operators.messages.PlannedDelta;
import io.swarmstream.schemas.FloatCodec;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.windowing.ProcessWindowFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Merges the chunk's deltas that the plan names, in the plan's order.
 *
 * <p>A per-coordinate method is done with them here. One that needs the Gram matrix gets the
 * chunk's share of it, and the deltas go on to wait for their coefficients.
 */
public final class MergeRound
    extends ProcessWindowFunction<ChunkSignal, GatheredDelta, ChunkKey, RoundWindow> {
  private static final long serialVersionUID = 1L;

  public static final OutputTag<GramPart> GRAMS =
      new OutputTag<>("gram-parts", TypeInformation.of(GramPart.class));

  @Override
  public void process(
      ChunkKey key, Context context, Iterable<ChunkSignal> signals, Collector<GatheredDelta> out) {
    long round = context.window().round();
    @Nullable ChunkPlan plan = null;
    Map<ChunkRef, byte[]> payloads = new HashMap<>();
    for (ChunkSignal signal : signals) {
      if (signal.plan() != null) {
        plan = signal.plan();
      } else if (signal.payload() != null) {
        payloads.put(Objects.requireNonNull(signal.ref()), signal.payload());
      }
    }
    ChunkPlan agreed = Objects.requireNonNull(plan, "fired without a plan");
    int n = agreed.deltas().size();
    byte[][] encoded = new byte[n][];
    for (int i = 0; i < n; i++) {
      PlannedDelta delta = agreed.deltas().get(i);
      encoded[i] =
          Objects.requireNonNull(payloads.get(delta.ref()), "fired without a planned chunk");
    }
    int[] weights = agreed.weights();
    ChunkMerge merge = ChunkMerge.of(agreed.method(), encoded, weights);
    if (merge.delta() != null) {
      out.collect(merged(key, agreed, round, merge.delta()));
      return;
    }
    context.output(
        GRAMS,
        new GramPart(
            key.contract(),
            key.chunk(),
            agreed.chunkCount(),
            round,
            agreed.method(),
            weights,
            Objects.requireNonNull(merge.gram())));
    for (int i = 0; i < n; i++) {
      out.collect(
          new GatheredDelta(
              key.contract(), key.chunk(), agreed.chunkCount(), round, i, n, false, encoded[i]));
    }
  }

  private static GatheredDelta merged(ChunkKey key, ChunkPlan plan, long round, float[] values) {
    return new GatheredDelta(
        key.contract(),
        key.chunk(),
        plan.chunkCount(),
        round,
        0,
        1,
        true,
        FloatCodec.encode(values));
  }
}
