package io.swarmstream.operators.merging;

import io.swarmstream.operators.messages.ChunkKey;
import io.swarmstream.operators.messages.GatheredDelta;
import io.swarmstream.operators.messages.ModelSignal;
import io.swarmstream.operators.messages.SealSignal;
import io.swarmstream.schemas.FloatCodec;
import io.swarmstream.schemas.Hash;
import io.swarmstream.schemas.MerkleTree;
import io.swarmstream.schemas.OutboundRecord;
import io.swarmstream.schemas.Topic;
import io.swarmstream.schemas.WireFormat;
import io.swarmstream.schemas.avro.ModelChunk;
import java.nio.ByteBuffer;
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
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Adds the merged delta of a chunk to the base model's chunk, and publishes the sum as the next
 * model's; again, the same bytes, when they seem to be lost on their way to the log.
 */
public final class UpdateModel
    extends KeyedCoProcessFunction<ChunkKey, GatheredDelta, ModelSignal, OutboundRecord> {
  private static final long serialVersionUID = 1L;

  public static final OutputTag<SealSignal> MERGED =
      new OutputTag<>("merged-chunks", TypeInformation.of(SealSignal.class));

  // -- runtime
  /**
   * The newest model's chunk, float32 little endian; null: no round is merged yet, the base is
   * zero.
   */
  private transient ValueState<byte[]> model;

  /** Round that made the model; null: none. */
  private transient ValueState<Long> modelRound;

  /** By place in the plan: deltas that wait for coefficients; empty between rounds. */
  private transient MapState<Integer, byte[]> waiting;

  /** How many wait; null: none. */
  private transient ValueState<Integer> waitingCount;

  /** What they wait for; null: not here yet. */
  private transient ValueState<double[]> coefficients;

  @Override
  public void open(OpenContext context) {
    var runtime = getRuntimeContext();
    model =
        runtime.getState(
            new ValueStateDescriptor<>(
                "model-chunk", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    modelRound = runtime.getState(new ValueStateDescriptor<>("model-round", Types.LONG));
    waiting =
        runtime.getMapState(
            new MapStateDescriptor<>(
                "waiting-deltas",
                Types.INT,
                PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    waitingCount = runtime.getState(new ValueStateDescriptor<>("waiting-count", Types.INT));
    coefficients =
        runtime.getState(
            new ValueStateDescriptor<>(
                "coefficients", PrimitiveArrayTypeInfo.DOUBLE_PRIMITIVE_ARRAY_TYPE_INFO));
  }

  @Override
  public void processElement1(GatheredDelta delta, Context context, Collector<OutboundRecord> out)
      throws Exception {
    if (delta.merged()) {
      publish(FloatCodec.decode(delta.payload()), delta.round(), delta.chunkCount(), context, out);
      return;
    }
    waiting.put(delta.index(), delta.payload());
    @Nullable Integer before = waitingCount.value();
    waitingCount.update(before == null ? 1 : before + 1);
    sumWhenAllAreHere(delta.round(), delta.chunkCount(), context, out);
  }

  @Override
  public void processElement2(ModelSignal signal, Context context, Collector<OutboundRecord> out)
      throws Exception {
    double @Nullable [] solved = signal.coefficients();
    if (solved == null) {
      publishAgain(signal, context, out);
      return;
    }
    coefficients.update(solved);
    sumWhenAllAreHere(signal.round(), signal.chunkCount(), context, out);
  }

  private void publishAgain(ModelSignal lost, Context context, Collector<OutboundRecord> out)
      throws Exception {
    @Nullable Long newest = modelRound.value();
    if (newest == null || newest != lost.round()) {
      return; // not merged yet, or the round was read after all and a later one is merged
    }
    byte[] payload = Objects.requireNonNull(model.value());
    out.collect(
        chunk(
            context.getCurrentKey(),
            lost.round(),
            lost.chunkCount(),
            MerkleTree.leaf(payload),
            payload));
  }

  private void sumWhenAllAreHere(
      long round, int chunkCount, Context context, Collector<OutboundRecord> out) throws Exception {
    double @Nullable [] factors = coefficients.value();
    @Nullable Integer here = waitingCount.value();
    if (factors == null || here == null || here < factors.length) {
      return;
    }
    byte[][] deltas = new byte[factors.length][];
    for (int i = 0; i < factors.length; i++) {
      deltas[i] = Objects.requireNonNull(waiting.get(i));
    }
    waiting.clear();
    waitingCount.clear();
    coefficients.clear();
    publish(ChunkMerge.sum(deltas, factors), round, chunkCount, context, out);
  }

  private void publish(
      float[] delta, long round, int chunkCount, Context context, Collector<OutboundRecord> out)
      throws Exception {
    byte[] payload = ChunkMerge.next(model.value(), delta);
    model.update(payload);
    modelRound.update(round);
    ChunkKey key = context.getCurrentKey();
    Hash hash = MerkleTree.leaf(payload);
    out.collect(chunk(key, round, chunkCount, hash, payload));
    context.output(MERGED, SealSignal.merged(key.contract(), round, key.chunk(), hash.hex()));
  }

  private static OutboundRecord chunk(
      ChunkKey key, long round, int chunkCount, Hash hash, byte[] payload) {
    ModelChunk chunk =
        ModelChunk.newBuilder()
            .setContract(key.contract())
            .setRound(round)
            .setChunkIndex(key.chunk())
            .setChunkCount(chunkCount)
            .setEncoding(FloatCodec.FLOAT32)
            .setChunkHash(hash.toAvro())
            .setPayload(ByteBuffer.wrap(payload))
            .build();
    return new OutboundRecord(
        Topic.MODELS.of(key.contract()),
        String.valueOf(key.chunk()),
        WireFormat.MODEL_CHUNK.encode(chunk));
  }
}
