package io.swarmstream.operators.merging;

import io.swarmstream.operators.messages.ChunkKey;
import io.swarmstream.operators.messages.GatheredRound;
import io.swarmstream.operators.messages.ModelSignal;
import io.swarmstream.operators.messages.SealSignal;
import io.swarmstream.operators.payloads.PayloadAccess;
import io.swarmstream.operators.payloads.PayloadReader;
import io.swarmstream.operators.payloads.PublishedChunk;
import io.swarmstream.schemas.Encoding;
import io.swarmstream.schemas.avro.ModelChunk;
import io.swarmstream.schemas.encoding.ChunkUpdate;
import io.swarmstream.schemas.encoding.FloatCodec;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.wire.ModelKeys;
import io.swarmstream.schemas.wire.OutboundRecord;
import io.swarmstream.schemas.wire.Topic;
import io.swarmstream.schemas.wire.WireFormat;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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
 * Merges the deltas of a chunk ({@link ChunkMerge}), adds the result, or the step that the
 * optimizer makes of it, to the base model's chunk, and publishes the sum as the next model's chunk
 * ({@link ChunkStep}), beside that of the optimizer's state, and beside what it changed if that may
 * be little ({@link ChunkUpdate}). Republishes the same bytes when they seem to be lost on their
 * way to the log; of an update only that there is none.
 *
 * <p>The log keeps the newest model and the optimizer's state, so Flink's state holds only what
 * finds them there.
 */
public final class MergeRound
    extends KeyedCoProcessFunction<ChunkKey, GatheredRound, ModelSignal, OutboundRecord> {
  private static final long serialVersionUID = 1L;

  public static final OutputTag<SealSignal> MERGED =
      new OutputTag<>("merged-chunks", TypeInformation.of(SealSignal.class));

  /** Sends readers to the models topic. */
  private static final byte[] NO_UPDATE = {};

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
      ModelStep.checkFollows(newest.value(), round);
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
    collect(context.getCurrentKey(), step, step.chunks(Objects.requireNonNull(reader)), null, out);
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
    @Nullable ChunkStep base = before == null ? null : before.chunks(log);
    MergedDelta delta = ChunkMerge.delta(gathered, coefficients, scale, log);
    ChunkStep made =
        base == null
            ? ChunkStep.after(gathered, null, List.of(), delta)
            : ChunkStep.after(gathered, base.model(), base.state(), delta);
    ModelStep step =
        ModelStep.after(
            before,
            gathered,
            coefficients,
            scale,
            made,
            context.timerService().currentProcessingTime());
    if (before != null) {
      log.drop(gathered.payloadHash(), before.next());
      before.state().forEach(vector -> log.drop(gathered.payloadHash(), vector));
    }
    log.keep(gathered.payloadHash(), step.next(), made.model());
    for (int vector = 0; vector < made.state().size(); vector++) {
      log.keep(gathered.payloadHash(), step.state().get(vector), made.state().get(vector));
    }
    newest.update(step);
    ChunkKey key = context.getCurrentKey();
    collect(key, step, made, base == null ? null : base.model(), out);
    context.output(
        MERGED,
        SealSignal.merged(
            key.contract(),
            gathered.round(),
            new SealSignal.MergedChunk(
                key.chunk(),
                step.next().hash(),
                delta.squares(),
                delta.figures(),
                made.stateHashes(gathered.payloadHash()))));
  }

  @Override
  public void close() {
    if (reader != null) {
      reader.close();
    }
  }

  /**
   * Writes a step's chunks.
   *
   * @param before the model's chunk before, float32 little endian; null: not known, or none
   */
  private static void collect(
      ChunkKey key,
      ModelStep step,
      ChunkStep made,
      byte @Nullable [] before,
      Collector<OutboundRecord> out) {
    int count = step.deltas().chunkCount();
    out.collect(record(Topic.MODELS, step, step.next(), key.chunk(), count, made.model()));
    if (hasUpdate(step.deltas())) {
      byte[] update =
          Optional.ofNullable(before)
              .flatMap(known -> ChunkUpdate.of(known, made.model()))
              .orElse(NO_UPDATE);
      out.collect(record(Topic.UPDATES, step, step.next(), key.chunk(), count, update));
    }
    List<byte[]> state = made.state();
    for (int vector = 0; vector < state.size(); vector++) {
      PublishedChunk published = step.state().get(vector);
      int index = step.stateIndex(vector);
      byte[] payload = state.get(vector);
      out.collect(record(Topic.OPTIMIZER, step, published, index, state.size() * count, payload));
    }
  }

  private static boolean hasUpdate(GatheredRound round) {
    return round.encoding() == Encoding.TOPK && round.optimizer().isNone();
  }

  private static OutboundRecord record(
      Topic topic, ModelStep step, PublishedChunk published, int index, int count, byte[] payload) {
    String contract = step.deltas().contract();
    ModelChunk chunk =
        ModelChunk.newBuilder()
            .setContract(contract)
            .setRound(published.round())
            .setChunkIndex(index)
            .setChunkCount(count)
            .setEncoding(topic == Topic.UPDATES ? ChunkUpdate.CODE : FloatCodec.FLOAT32)
            .setChunkHash(Hash.ofHex(published.hash()).toAvro())
            .setPayload(ByteBuffer.wrap(payload))
            .setPayloadHash(step.deltas().payloadHash().code())
            .build();
    return new OutboundRecord(
        topic.of(contract),
        ModelKeys.of(index, step.deltas().chunkCount(), published.round()),
        WireFormat.MODEL_CHUNK.encode(chunk),
        published.timestampMs());
  }
}
