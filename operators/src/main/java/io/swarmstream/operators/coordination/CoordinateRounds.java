package io.swarmstream.operators.coordination;

import static java.util.Objects.requireNonNull;

import io.swarmstream.operators.messages.ChunkSignal;
import io.swarmstream.operators.messages.CoordinatorSignal;
import io.swarmstream.operators.messages.ModelSignal;
import io.swarmstream.operators.messages.RoundHead;
import io.swarmstream.operators.messages.SealSignal;
import io.swarmstream.schemas.wire.OutboundRecord;
import java.time.Duration;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Decides, for each contract, which contributions a round merges and when it closes.
 *
 * <p>It answers each receipt with one verdict to the window that holds the chunk: a dismissal, or a
 * place in the round's plan. Round r+1 opens when the sealed record of round r has been read back
 * from the log, so no site can start from a model that a crash could still undo. {@link RoundState}
 * has the states in between.
 *
 * <pre>
 * contract events ─▶ ContractEvents ─ fence ─▶ LogWatch ◀─ sealed rounds, fences read back
 *                                                 │ opens
 * receipts, presences, time ─────────────────▶ OpenRound ─ closes ─▶ RoundClosing ─ awaits ─▶ ReadBackWatch ◀─ time
 * </pre>
 */
public final class CoordinateRounds
    extends KeyedProcessFunction<String, CoordinatorSignal, ChunkSignal> {
  private static final long serialVersionUID = 1L;
  private static final long NOT_STARTED = Long.MIN_VALUE;

  public static final OutputTag<RoundHead> HEADS =
      new OutputTag<>("round-heads", TypeInformation.of(RoundHead.class));
  public static final OutputTag<OutboundRecord> NOTICES =
      new OutputTag<>("notices", TypeInformation.of(OutboundRecord.class));
  public static final OutputTag<OutboundRecord> REJECTIONS =
      new OutputTag<>("coordinator-rejections", TypeInformation.of(OutboundRecord.class));

  /** Chunks of the round's model that are to be published again. */
  public static final OutputTag<ModelSignal> LOST_CHUNKS =
      new OutputTag<>("lost-chunks", TypeInformation.of(ModelSignal.class));

  /** Round records that are to be published again. */
  public static final OutputTag<SealSignal> LOST_RECORDS =
      new OutputTag<>("lost-records", TypeInformation.of(SealSignal.class));

  // -- configuration
  private final long readBackPatienceMs;

  private final Duration contributionLifetime;

  // -- runtime
  private transient ContractState contract;
  private transient ContractEvents events;
  private transient OpenRound openRound;
  private transient LogWatch log;
  private transient ReadBackWatch readBack;

  /** Time of this attempt's first turn. */
  private transient long startedMs;

  /** The contract whose turn it is. */
  private transient String currentKey;

  /**
   * Makes the function.
   *
   * @param readBackPatience how long what was written may take until it is read back; then it is
   *     published again
   * @param contributionLifetime what waits longer for other sites is dismissed, to be sent again;
   *     well below what the log keeps
   */
  public CoordinateRounds(Duration readBackPatience, Duration contributionLifetime) {
    this.readBackPatienceMs = readBackPatience.toMillis();
    this.contributionLifetime = contributionLifetime;
  }

  @Override
  public void open(OpenContext context) {
    startedMs = NOT_STARTED;
    currentKey = "";
    contract = new ContractState(getRuntimeContext(), () -> currentKey);
    readBack = new ReadBackWatch(contract, readBackPatienceMs);
    Dismissals dismissals = new Dismissals(contract);
    openRound =
        new OpenRound(
            contract,
            dismissals,
            new RoundClosing(contract, dismissals, readBack),
            new Expiry(contributionLifetime));
    log = new LogWatch(contract, openRound, dismissals, readBack);
    events = new ContractEvents(contract, log, openRound, dismissals);
  }

  @Override
  public void processElement(CoordinatorSignal signal, Context context, Collector<ChunkSignal> out)
      throws Exception {
    currentKey = context.getCurrentKey();
    Turn turn = turn(context, out);
    contract.appearInMetrics();
    if (!contract.isKnown() && signal.kind() != CoordinatorSignal.Kind.CONTRACT_EVENT) {
      noteBeforeTheContract(signal);
      return;
    }
    switch (signal.kind()) {
      case CONTRACT_EVENT -> events.apply(requireNonNull(signal.event()), turn);
      case RECEIPT -> openRound.onReceipt(requireNonNull(signal.receipt()), turn);
      case PRESENCE -> openRound.onPresence(requireNonNull(signal.presence()), turn);
      case SEALED -> log.onSealed(requireNonNull(signal.sealed()), turn);
      case FENCE -> log.onFence(requireNonNull(signal.fence()), turn);
      case FOREIGN -> log.onForeign(requireNonNull(signal.foreign()), turn);
    }
  }

  /** Only the log can name a contract before the chain does. */
  private void noteBeforeTheContract(CoordinatorSignal signal) throws Exception {
    if (signal.sealed() != null && signal.sealed().round() >= 0) {
      contract.noteRoundBefore(signal.sealed().round());
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<ChunkSignal> out)
      throws Exception {
    currentKey = context.getCurrentKey();
    Turn turn = turn(context, out);
    contract.appearInMetrics();
    if (contract.round().isOpen()) {
      openRound.onTimer(timestamp, turn);
    } else {
      readBack.onTimer(turn);
    }
  }

  private Turn turn(Context context, Collector<ChunkSignal> out) {
    if (startedMs == NOT_STARTED) {
      startedMs = context.timerService().currentProcessingTime();
    }
    return new Turn(context, out, startedMs);
  }
}
