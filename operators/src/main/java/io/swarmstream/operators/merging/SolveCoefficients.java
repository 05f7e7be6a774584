package io.swarmstream.operators.merging;

import io.swarmstream.merge.Gram;
import io.swarmstream.operators.messages.ModelSignal;
import io.swarmstream.operators.messages.RoundPart;
import io.swarmstream.operators.messages.SealSignal;
import java.util.HashMap;
import java.util.Map;
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
 * Sums the chunks' shares of what a round has to know of its whole deltas, in the order of the
 * chunks and not of their arrival. From the sums it decides which deltas are too long, and lets the
 * merge method solve for the coefficients; both go back to every chunk.
 */
public final class SolveCoefficients extends KeyedProcessFunction<String, RoundPart, ModelSignal> {
  private static final long serialVersionUID = 1L;

  public static final OutputTag<SealSignal> SOLVED =
      new OutputTag<>("solved", TypeInformation.of(SealSignal.class));

  // -- runtime
  /** By chunk: its part of the sums; empty between rounds. */
  private transient MapState<Integer, double[]> parts;

  /** How many parts are there; null: none. */
  private transient ValueState<Integer> count;

  /**
   * By key, the contract in the job and the round in a verification: the round of the parts that
   * came last. Not state.
   */
  private transient Map<String, Long> rounds;

  @Override
  public void open(OpenContext context) {
    parts =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>(
                    "gram-parts",
                    Types.INT,
                    PrimitiveArrayTypeInfo.DOUBLE_PRIMITIVE_ARRAY_TYPE_INFO));
    count = getRuntimeContext().getState(new ValueStateDescriptor<>("part-count", Types.INT));
    rounds = new HashMap<>();
  }

  /** Two rounds overlap only if another job has written the record of the first. */
  private void checkIsOfTheSameRound(String key, RoundPart part, boolean isFirst) {
    @Nullable Long last = rounds.put(key, part.round());
    if (!isFirst && last != null && last != part.round()) {
      throw new IllegalStateException(
          "contract %s: a part of round %d came before all of round %d; another job has written its record"
              .formatted(part.contract(), part.round(), last));
    }
  }

  @Override
  public void processElement(RoundPart part, Context context, Collector<ModelSignal> out)
      throws Exception {
    @Nullable Integer before = count.value();
    checkIsOfTheSameRound(context.getCurrentKey(), part, before == null);
    parts.put(part.chunk(), part.sums());
    int there = before == null ? 1 : before + 1;
    if (there < part.chunkCount()) {
      count.update(there);
      return;
    }
    double[] sum = new double[part.sums().length];
    for (int chunk = 0; chunk < part.chunkCount(); chunk++) {
      Gram.add(sum, Objects.requireNonNull(parts.get(chunk)));
    }
    parts.clear();
    count.clear();
    FirstPass known = FirstPass.of(part, sum);
    for (int chunk = 0; chunk < part.chunkCount(); chunk++) {
      out.collect(
          new ModelSignal(
              part.contract(),
              chunk,
              part.chunkCount(),
              part.round(),
              known.coefficients(),
              known.factors()));
    }
    context.output(SOLVED, SealSignal.solved(part.contract(), part.round(), known.end()));
  }
}
