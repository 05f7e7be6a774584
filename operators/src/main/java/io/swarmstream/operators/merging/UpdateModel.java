package io.swarmstream.operators.merging;

import io.swarmstream.operators.messages.ChunkKey;
import io.swarmstream.operators.messages.Coefficients;
import io.swarmstream.operators.messages.GatheredDelta;
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
 * model's.
 */
public final class UpdateModel
    extends KeyedCoProcessFunction<ChunkKey, GatheredDelta, Coefficients, OutboundRecord> {
  private static final long serialVersionUID = 1L;

  public static final OutputTag<SealSignal> MERGED =
      new OutputTag<>("merged-chunks", TypeInformation.of(SealSignal.class));

  // -- runtime
  /**
   * The newest model's chunk, float32 little endian; null: no round is merged yet, the base is
   * zero.
   */
  private transient ValueState<byte[]> model;

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
  public void processElement2(Coefficients solved, Context context, Collector<OutboundRecord> out)
      throws Exception {
    coefficients.update(solved.values());
    sumWhenAllAreHere(solved.round(), solved.chunkCount(), context, out);
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
    ChunkKey key = context.getCurrentKey();
    Hash hash = MerkleTree.leaf(payload);
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
    out.collect(
        new OutboundRecord(
            Topic.MODELS.of(key.contract()),
            String.valueOf(key.chunk()),
            WireFormat.MODEL_CHUNK.encode(chunk)));
    context.output(MERGED, SealSignal.merged(key.contract(), round, key.chunk(), hash.hex()));
  }
}
