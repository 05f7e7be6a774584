package io.swarmstream.operators.sealing;

import io.swarmstream.operators.merging.ChunkStep;
import io.swarmstream.operators.merging.DeltaFigures;
import io.swarmstream.operators.merging.DeltaSums;
import io.swarmstream.operators.messages.RoundHead;
import io.swarmstream.operators.messages.SealSignal;
import io.swarmstream.schemas.Anchor;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.avro.RoundRecord;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.wire.OutboundRecord;
import io.swarmstream.schemas.wire.Topic;
import io.swarmstream.schemas.wire.WireFormat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
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
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Binds the chunks of a merged model and how it was made into one round record, and emits its
 * anchor. Republishes the newest record when it seems to be lost on its way to the log.
 */
public final class SealRounds extends KeyedProcessFunction<String, SealSignal, OutboundRecord> {
  private static final long serialVersionUID = 1L;

  public static final OutputTag<Anchor> ANCHORS =
      new OutputTag<>("anchors", TypeInformation.of(Anchor.class));

  /** Of the state of any optimizer. */
  private static final int MOST_VECTORS = 2;

  // -- runtime
  /** Round of the newest record; null: none. */
  private transient ValueState<Long> newestRound;

  /** The newest record as published; null: none. */
  private transient ValueState<byte[]> newestRecord;

  /** Rounds sealed since the start, by contract; not state. */
  private transient Map<String, Counter> sealed;

  // The rest is of the one round that is sealing, and empty between rounds.

  /** Null: not here yet. */
  private transient ValueState<RoundHead> head;

  /** Null: not here yet, or the round has no first pass. */
  private transient ValueState<SealSignal.Solved> solved;

  /**
   * By chunk: hash of the merged model's chunk, hex. Those of the optimizer's state are at {@link
   * #stateIndex}.
   */
  private transient MapState<Integer, String> hashes;

  /** By chunk: its share of what the sites' drift is made of; of adaptive contracts, else empty. */
  private transient MapState<Integer, double[]> squares;

  /** By chunk: its share of the record's figures of each delta. */
  private transient MapState<Integer, double[]> figures;

  /** How many hashes are there; null: none. */
  private transient ValueState<Integer> hashCount;

  @Override
  public void open(OpenContext context) {
    var runtime = getRuntimeContext();
    sealed = new HashMap<>();
    newestRound = runtime.getState(new ValueStateDescriptor<>("newest-round", Types.LONG));
    newestRecord =
        runtime.getState(
            new ValueStateDescriptor<>(
                "newest-record", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    head =
        runtime.getState(new ValueStateDescriptor<>("head", TypeInformation.of(RoundHead.class)));
    solved =
        runtime.getState(
            new ValueStateDescriptor<>("solved", TypeInformation.of(SealSignal.Solved.class)));
    hashes = runtime.getMapState(new MapStateDescriptor<>("chunk-hashes", Types.INT, Types.STRING));
    squares =
        runtime.getMapState(
            new MapStateDescriptor<>(
                "chunk-squares",
                Types.INT,
                PrimitiveArrayTypeInfo.DOUBLE_PRIMITIVE_ARRAY_TYPE_INFO));
    figures =
        runtime.getMapState(
            new MapStateDescriptor<>(
                "chunk-figures",
                Types.INT,
                PrimitiveArrayTypeInfo.DOUBLE_PRIMITIVE_ARRAY_TYPE_INFO));
    hashCount = runtime.getState(new ValueStateDescriptor<>("chunk-hash-count", Types.INT));
  }

  @Override
  public void processElement(SealSignal signal, Context context, Collector<OutboundRecord> out)
      throws Exception {
    if (signal.kind() != SealSignal.Kind.AGAIN) {
      checkIsNext(signal);
    }
    switch (signal.kind()) {
      case HEAD -> head.update(Objects.requireNonNull(signal.head()));
      case CHUNK -> add(Objects.requireNonNull(signal.chunk()));
      case SOLVED -> solved.update(Objects.requireNonNull(signal.solved()));
      case AGAIN -> {
        publishAgain(signal, out);
        return;
      }
    }
    sealWhenComplete(context, out);
  }

  /**
   * The next round begins when this one's record is in the log, and a job that lives on after it
   * was failed over may have written that. Then this job is behind, and its restart mends that.
   */
  private void checkIsNext(SealSignal signal) throws Exception {
    @Nullable Long newest = newestRound.value();
    long next = newest == null ? 0 : newest + 1;
    if (signal.round() != next) {
      throw new IllegalStateException(
          "contract %s: a part of round %d came while round %d was to be sealed; another job has written its record"
              .formatted(signal.contract(), signal.round(), next));
    }
  }

  /** Head, chunks and solution arrive separately, in any order. */
  private void sealWhenComplete(Context context, Collector<OutboundRecord> out) throws Exception {
    @Nullable RoundHead known = head.value();
    @Nullable Integer count = hashCount.value();
    SealSignal.@Nullable Solved end = solved.value();
    if (known == null || count == null || count < known.terms().chunks().chunkCount()) {
      return;
    }
    if (end == null && RoundSeal.hasFirstPass(known)) {
      return;
    }
    seal(known, end == null ? SealSignal.Solved.NOTHING : end, context, out);
    head.clear();
    solved.clear();
    hashes.clear();
    squares.clear();
    figures.clear();
    hashCount.clear();
  }

  private void add(SealSignal.MergedChunk chunk) throws Exception {
    hashes.put(chunk.chunk(), chunk.hash());
    double @Nullable [] share = chunk.squares();
    if (share != null) {
      squares.put(chunk.chunk(), share);
    }
    double @Nullable [] described = chunk.figures();
    if (described != null) {
      figures.put(chunk.chunk(), described);
    }
    String @Nullable [] state = chunk.state();
    if (state != null) {
      for (int vector = 0; vector < state.length; vector++) {
        hashes.put(stateIndex(chunk.chunk(), vector), state[vector]);
      }
    }
    @Nullable Integer before = hashCount.value();
    hashCount.update(before == null ? 1 : before + 1);
  }

  /**
   * The same bytes, so that whoever finds the record in the log twice finds one record. Its anchor
   * does not go through Kafka and cannot have been lost with it.
   */
  private void publishAgain(SealSignal lost, Collector<OutboundRecord> out) throws Exception {
    @Nullable Long newest = newestRound.value();
    if (newest != null && newest == lost.round()) {
      byte[] bytes = Objects.requireNonNull(newestRecord.value());
      Hash terms = Hash.of(WireFormat.ROUND_RECORD.decode(bytes).getTermsHash());
      out.collect(outbound(lost.contract(), terms, newest, bytes));
    }
  }

  private void seal(
      RoundHead known, SealSignal.Solved end, Context context, Collector<OutboundRecord> out)
      throws Exception {
    String contract = known.terms().contract();
    int chunkCount = known.terms().chunks().chunkCount();
    List<Hash> leaves = new ArrayList<>(chunkCount);
    for (int chunk = 0; chunk < chunkCount; chunk++) {
      leaves.add(Hash.ofHex(Objects.requireNonNull(hashes.get(chunk))));
    }
    RoundRecord record =
        RoundSeal.record(known, leaves, end, pace(known), figures(known), stateRoots(known));
    byte[] bytes = WireFormat.ROUND_RECORD.encode(record);
    newestRound.update(known.round());
    newestRecord.update(bytes);
    out.collect(outbound(contract, known.terms().hash(), known.round(), bytes));
    sealed.computeIfAbsent(contract, this::sealedOf).inc();
    context.output(
        ANCHORS,
        new Anchor(
            contract,
            known.round(),
            Hash.sha256(bytes).hex(),
            Hash.of(record.getModelHash()).hex()));
  }

  private Counter sealedOf(String contract) {
    return getRuntimeContext()
        .getMetricGroup()
        .addGroup("contract", contract)
        .counter("roundsSealed");
  }

  private Pace pace(RoundHead known) throws Exception {
    if (!known.terms().isAdaptive()) {
      return Pace.FIXED;
    }
    List<double[]> inOrder = new ArrayList<>();
    for (int chunk = 0; chunk < known.terms().chunks().chunkCount(); chunk++) {
      inOrder.add(Objects.requireNonNull(squares.get(chunk)));
    }
    byte @Nullable [] before = newestRecord.value();
    return Pace.after(
        known, before == null ? null : Pace.of(WireFormat.ROUND_RECORD.decode(before)), inOrder);
  }

  private DeltaFigures figures(RoundHead known) throws Exception {
    DeltaSums sums = new DeltaSums(known.participants().size());
    for (int chunk = 0; chunk < known.terms().chunks().chunkCount(); chunk++) {
      sums.add(figures.get(chunk));
    }
    return sums.figures();
  }

  private List<Hash> stateRoots(RoundHead known) throws Exception {
    ContractTerms terms = known.terms();
    List<String[]> inOrder = new ArrayList<>();
    if (ChunkStep.isOptimized(terms.optimizer(), known.round())) {
      int vectors = ChunkStep.vectors(terms.optimizer());
      for (int chunk = 0; chunk < terms.chunks().chunkCount(); chunk++) {
        String[] state = new String[vectors];
        for (int vector = 0; vector < vectors; vector++) {
          state[vector] = Objects.requireNonNull(hashes.get(stateIndex(chunk, vector)));
        }
        inOrder.add(state);
      }
    }
    return RoundSeal.stateRoots(inOrder);
  }

  /** Below 0, where no chunk of a model is. */
  private static int stateIndex(int chunk, int vector) {
    return -1 - (chunk * MOST_VECTORS + vector);
  }

  private static OutboundRecord outbound(
      String contract, Hash termsHash, long round, byte[] bytes) {
    return new OutboundRecord(Topic.ROUNDS.of(contract), "record-" + round, bytes).under(termsHash);
  }
}
