package io.swarmstream.operators.merging;

import io.swarmstream.operators.messages.ChunkKey;
import io.swarmstream.operators.messages.GatheredRound;
import io.swarmstream.operators.messages.ModelSignal;
import io.swarmstream.operators.messages.SealSignal;
import io.swarmstream.operators.payloads.PayloadAccess;
import io.swarmstream.operators.payloads.PayloadReader;
import io.swarmstream.operators.payloads.PublishedChunk;
import io.swarmstream.schemas.avro.ModelChunk;
import io.swarmstream.schemas.encoding.FloatCodec;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.wire.OutboundRecord;
import io.swarmstream.schemas.wire.Topic;
import io.swarmstream.schemas.wire.WireFormat;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Merges the deltas of a chunk ({@link ChunkMerge}), adds the result to the base model's chunk, and
 * publishes the sum as the next model's chunk. Republishes the same bytes when they seem to be lost
 * on their way to the log.
 *
 * <p>The log keeps the newest model, so the state holds only what finds it there.
 */
public final class MergeRound
    extends KeyedCoProcessFunction<ChunkKey, GatheredRound, ModelSignal, OutboundRecord> {
  private static final long serialVersionUID = 1L;

  public static final OutputTag<SealSignal> MERGED =
      new OutputTag<>("merged-chunks", TypeInformation.of(SealSignal.class));

  // -- configuration
  private final PayloadAccess payloads;

  // -- runtime
  /** How the newest model's chunk came to be; null: no round is merged yet, the base is zero. */
  private transient ValueState<ModelStep> newest;

  /** A closed round that waits for its coefficients; null: none. */
  private transient ValueState<GatheredRound> waiting;

  /** What that round waits for; null: not here yet. */
  private transient ValueState<double[]> coefficients;

  /** What its deltas are multiplied with first; null: not here yet, or none is too long. */
  private transient ValueState<double[]> factors;

  private transient @Nullable PayloadReader reader;

  public MergeRound(PayloadAccess payloads) {
    this.payloads = payloads;
  }

  @Override
  public void open(OpenContext context) {
    var runtime = getRuntimeContext();
    newest =
        runtime.getState(
            new ValueStateDescriptor<>("newest-step", TypeInformation.of(ModelStep.class)));
    waiting =
        runtime.getState(
            new ValueStateDescriptor<>("waiting-round", TypeInformation.of(GatheredRound.class)));
    coefficients =
        runtime.getState(
            new ValueStateDescriptor<>(
                "coefficients", PrimitiveArrayTypeInfo.DOUBLE_PRIMITIVE_ARRAY_TYPE_INFO));
    factors =
        runtime.getState(
            new ValueStateDescriptor<>(
                "factors", PrimitiveArrayTypeInfo.DOUBLE_PRIMITIVE_ARRAY_TYPE_INFO));
    reader = payloads.reader("merge-" + runtime.getTaskInfo().getIndexOfThisSubtask());
  }

  @Override
  public void processElement1(GatheredRound round, Context context, Collector<OutboundRecord> out)
      throws Exception {
    if (ChunkMerge.hasFirstPass(round)) {
      waiting.update(round);
      publishWhenSolved(context, out);
    } else {
      publish(round, null, null, context, out);
    }
  }

  @Override
  public void processElement2(ModelSignal signal, Context context, Collector<OutboundRecord> out)
      throws Exception {
    switch (signal.kind()) {
      case AGAIN -> publishAgain(signal, context, out);
      case SOLVED -> {
        coefficients.update(Objects.requireNonNull(signal.coefficients()));
        if (signal.factors() != null) {
          factors.update(signal.factors());
        }
        publishWhenSolved(context, out);
      }
    }
  }

  /** A round and its coefficients arrive separately, in either order. */
  private void publishWhenSolved(Context context, Collector<OutboundRecord> out) throws Exception {
    @Nullable GatheredRound round = waiting.value();
    double @Nullable [] solved = coefficients.value();
    if (round != null && solved != null) {
      double @Nullable [] scale = factors.value();
      waiting.clear();
      coefficients.clear();
      factors.clear();
      publish(round, solved, scale, context, out);
    }
  }

  private void publishAgain(ModelSignal lost, Context context, Collector<OutboundRecord> out)
      throws Exception {
    @Nullable ModelStep step = newest.value();
    if (step == null || step.next().round() != lost.round()) {
      return; // not merged yet, or the round was read after all and a later one is merged
    }
    byte[] payload = step.chunk(Objects.requireNonNull(reader));
    out.collect(chunk(context.getCurrentKey(), step, lost.chunkCount(), payload));
  }

  private void publish(
      GatheredRound gathered,
      double @Nullable [] coefficients,
      double @Nullable [] scale,
      Context context,
      Collector<OutboundRecord> out)
      throws Exception {
    PayloadReader log = Objects.requireNonNull(reader);
    @Nullable ModelStep before = newest.value();
    ModelStep.checkFollows(before, gathered);
    byte @Nullable [] base = before == null ? null : before.chunk(log);
    MergedDelta delta = ChunkMerge.delta(gathered, coefficients, scale, log);
    byte[] payload = ChunkMerge.next(base, delta.values());
    ModelStep step =
        ModelStep.after(
            before,
            gathered,
            coefficients,
            scale,
            gathered.payloadHash().leaf(payload),
            context.timerService().currentProcessingTime());
    if (before != null) {
      log.drop(gathered.payloadHash(), before.next());
    }
    log.keep(gathered.payloadHash(), step.next(), payload);
    newest.update(step);
    ChunkKey key = context.getCurrentKey();
    out.collect(chunk(key, step, gathered.chunkCount(), payload));
    context.output(
        MERGED,
        SealSignal.merged(
            key.contract(),
            gathered.round(),
            new SealSignal.MergedChunk(
                key.chunk(), step.next().hash(), delta.squares(), delta.figures())));
  }

  @Override
  public void close() {
    if (reader != null) {
      reader.close();
    }
  }

  private static OutboundRecord chunk(
      ChunkKey key, ModelStep step, int chunkCount, byte[] payload) {
    PublishedChunk published = step.next();
    ModelChunk chunk =
        ModelChunk.newBuilder()
            .setContract(key.contract())
            .setRound(published.round())
            .setChunkIndex(key.chunk())
            .setChunkCount(chunkCount)
            .setEncoding(FloatCodec.FLOAT32)
            .setChunkHash(Hash.ofHex(published.hash()).toAvro())
            .setPayload(ByteBuffer.wrap(payload))
            .setPayloadHash(step.deltas().payloadHash().code())
            .build();
    return new OutboundRecord(
        Topic.MODELS.of(key.contract()),
        String.valueOf(key.chunk()),
        WireFormat.MODEL_CHUNK.encode(chunk),
        published.timestampMs());
  }
}
