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
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
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
 * contract events ─▶ ContractEvents ─ begins ─▶ LogWatch ◀─ plans, sealed rounds, fences read back
 *                                                 │ opens, follows
 * receipts, presences, time ─────────────────▶ OpenRound ─ closes ─▶ RoundClosing ─ plan ─▶ the log
 *                                                 └─ carries out ─▶ PlanFollowing ─ awaits ─▶ ReadBackWatch ◀─ time
 * </pre>
 */
public final class CoordinateRounds
    extends KeyedProcessFunction<String, CoordinatorSignal, ChunkSignal>
    implements CheckpointedFunction, CheckpointListener {
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
  private transient Attempt attempt;
  private transient PlanFollowing following;
  private transient MaskRounds masks;
  private transient MaskLetters letters;

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
    attempt = new Attempt(contract, () -> currentKey);
    readBack = new ReadBackWatch(contract, readBackPatienceMs);
    masks = new MaskRounds(contract, attempt, () -> currentKey);
    letters = new MaskLetters(contract, attempt);
    Dismissals dismissals = new Dismissals(contract);
    following =
        new PlanFollowing(
            contract,
            attempt,
            dismissals,
            readBack,
            masks,
            new PlanUnmasking(contract, () -> currentKey));
    openRound =
        new OpenRound(
            contract,
            attempt,
            dismissals,
            new RoundClosing(contract, readBack, masks),
            following,
            readBack,
            masks,
            new Expiry(contributionLifetime));
    log = new LogWatch(contract, attempt, openRound, dismissals, readBack);
    events = new ContractEvents(contract, attempt, log, openRound, dismissals);
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
      case PLAN -> log.onPlan(requireNonNull(signal.plan()), turn);
      case MASK -> onMask(requireNonNull(signal.mask()), turn);
    }
    beginAttempt(turn);
  }

  /** Whatever the first turn is about, it claims the contract. */
  private void beginAttempt(Turn turn) throws Exception {
    if (contract.isKnown() && !contract.round().isHalted()) {
      attempt.begin(turn);
    }
  }

  private void onMask(byte[] mask, Turn turn) throws Exception {
    if (contract.round().isHalted() || !masks.isMasked()) {
      return;
    }
    letters.take(mask);
    if (!attempt.isCaughtUp()) {
      return;
    }
    if (contract.round().isPlanned() && following.isPlanKnown()) {
      following.carryOutWhenComplete(turn);
    } else if (contract.round().isOpen()) {
      if (!masks.awaitsCohort()) {
        openRound.takeEarly(turn); // what came before its cohort
      }
      openRound.review(turn);
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
    if (contract.round().isPlanned() && attempt.isCaughtUp() && following.isPlanKnown()) {
      following.carryOutWhenComplete(turn);
    }
    RoundState round = contract.round();
    if (round.isOpen()) {
      openRound.onTimer(timestamp, turn);
    } else if (round.isFencing()) {
      log.onTimer(turn);
    } else if (readBack.isOverdue(turn)) {
      goOn(round, turn);
    }
    beginAttempt(turn);
  }

  /** What the coordinator waits for has not come in time. */
  private void goOn(RoundState round, Turn turn) throws Exception {
    if (!round.isPlanned()) {
      readBack.publishAgain(turn);
    } else if (attempt.isCaughtUp() && !following.isPlanKnown()) {
      // The plan may still come. Behind the next fence it counts no more, and another one may.
      attempt.claimAgain(turn);
    } else if (attempt.isCaughtUp()) {
      following.warnOfWait();
    }
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) {
    attempt.checkpointBegun(context.getCheckpointId());
  }

  @Override
  public void initializeState(FunctionInitializationContext context) {
    // All state is keyed, and opened with the function.
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) {
    attempt.checkpointCompleted(checkpointId);
  }

  private Turn turn(Context context, Collector<ChunkSignal> out) {
    if (startedMs == NOT_STARTED) {
      startedMs = context.timerService().currentProcessingTime();
    }
    return new Turn(context, out, startedMs);
  }
}
