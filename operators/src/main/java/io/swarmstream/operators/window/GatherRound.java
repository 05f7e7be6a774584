package io.swarmstream.operators.window;

import io.swarmstream.operators.merging.ChunkMerge;
import io.swarmstream.operators.messages.ChunkKey;
import io.swarmstream.operators.messages.ChunkPlan;
import io.swarmstream.operators.messages.ChunkRef;
import io.swarmstream.operators.messages.ChunkSignal;
import io.swarmstream.operators.messages.GatheredDelta;
import io.swarmstream.operators.messages.GatheredRound;
import io.swarmstream.operators.messages.PlannedDelta;
import io.swarmstream.operators.messages.RoundPart;
import io.swarmstream.operators.payloads.PayloadAccess;
import io.swarmstream.operators.payloads.PayloadReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.windowing.ProcessWindowFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the chunk's deltas that the plan names, in the plan's order; what they hold is read when
 * they are merged.
 *
 * <p>A round that has to know something of whole deltas first gets the chunk's share of it from
 * here.
 */
public final class GatherRound
    extends ProcessWindowFunction<ChunkSignal, GatheredRound, ChunkKey, RoundWindow> {
  private static final long serialVersionUID = 1L;

  public static final OutputTag<RoundPart> PARTS =
      new OutputTag<>("round-parts", TypeInformation.of(RoundPart.class));

  // -- configuration
  private final PayloadAccess payloads;

  // -- runtime
  private transient @Nullable PayloadReader reader;

  public GatherRound(PayloadAccess payloads) {
    this.payloads = payloads;
  }

  @Override
  public void open(OpenContext context) {
    reader = payloads.reader("gather-" + getRuntimeContext().getTaskInfo().getIndexOfThisSubtask());
  }

  @Override
  public void process(
      ChunkKey key, Context context, Iterable<ChunkSignal> signals, Collector<GatheredRound> out)
      throws Exception {
    @Nullable ChunkPlan plan = null;
    Map<ChunkRef, String> hashes = new HashMap<>();
    for (ChunkSignal signal : signals) {
      switch (signal.kind()) {
        case ARRIVAL ->
            hashes.put(
                Objects.requireNonNull(signal.ref()), Objects.requireNonNull(signal.chunkHash()));
        case DISMISSAL -> {}
        case PLAN -> plan = signal.plan();
      }
    }
    ChunkPlan agreed = Objects.requireNonNull(plan, "fired without a plan");
    List<GatheredDelta> deltas = new ArrayList<>(agreed.deltas().size());
    for (PlannedDelta delta : agreed.deltas()) {
      String hash =
          Objects.requireNonNull(hashes.get(delta.ref()), "fired without a planned chunk");
      deltas.add(new GatheredDelta(delta.ref(), hash, delta.weight()));
    }
    GatheredRound round =
        new GatheredRound(
            key.contract(),
            key.chunk(),
            agreed.chunkCount(),
            context.window().round(),
            agreed.method(),
            agreed.encoding(),
            agreed.adaptive(),
            deltas,
            agreed.limits(),
            agreed.payloadHash(),
            agreed.optimizer(),
            agreed.masks());
    if (ChunkMerge.hasFirstPass(round)) {
      context.output(PARTS, ChunkMerge.firstPass(round, Objects.requireNonNull(reader)));
    }
    out.collect(round);
  }

  @Override
  public void close() {
    if (reader != null) {
      reader.close();
    }
  }
}
