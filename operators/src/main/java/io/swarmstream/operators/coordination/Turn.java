package io.swarmstream.operators.coordination;

import io.swarmstream.operators.admission.Flaw;
import io.swarmstream.operators.admission.Rejections;
import io.swarmstream.operators.messages.ChunkSignal;
import io.swarmstream.operators.messages.CoordinatorSignal;
import io.swarmstream.operators.messages.ModelSignal;
import io.swarmstream.operators.messages.Receipt;
import io.swarmstream.operators.messages.RoundHead;
import io.swarmstream.operators.messages.SealSignal;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.wire.OutboundRecord;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** The coordinator's answer to one signal or timer: the time, the outputs and the timers. */
final class Turn {
  private final KeyedProcessFunction<String, CoordinatorSignal, ChunkSignal>.Context context;
  private final Collector<ChunkSignal> windows;
  private final long startedMs;

  Turn(
      KeyedProcessFunction<String, CoordinatorSignal, ChunkSignal>.Context context,
      Collector<ChunkSignal> windows,
      long startedMs) {
    this.context = context;
    this.windows = windows;
    this.startedMs = startedMs;
  }

  long nowMs() {
    return timers().currentProcessingTime();
  }

  /** Time of this attempt's first turn; an earlier attempt set every timer of before. */
  long startedMs() {
    return startedMs;
  }

  void tellWindow(ChunkSignal signal) {
    windows.collect(signal);
  }

  /** Dismisses a chunk, and tells its sender why. */
  void refuse(Receipt receipt, Flaw flaw, ContractTerms terms) {
    reject(Rejections.of(receipt, flaw, nowMs()), terms);
    if (receipt.turnedAway() == null) {
      tellWindow(ChunkSignal.dismissal(receipt));
    }
  }

  void reject(OutboundRecord rejection, ContractTerms terms) {
    context.output(CoordinateRounds.REJECTIONS, rejection.under(terms.hash()));
  }

  void give(OutboundRecord notice) {
    context.output(CoordinateRounds.NOTICES, notice);
  }

  void seal(RoundHead head) {
    context.output(CoordinateRounds.HEADS, head);
  }

  void publishAgain(ModelSignal chunk) {
    context.output(CoordinateRounds.LOST_CHUNKS, chunk);
  }

  void publishAgain(SealSignal record) {
    context.output(CoordinateRounds.LOST_RECORDS, record);
  }

  void setTimer(long atMs) {
    timers().registerProcessingTimeTimer(atMs);
  }

  void deleteTimer(long atMs) {
    deleteTimer(atMs, RoundState.NEVER);
  }

  /**
   * Deletes a timer unless another purpose has one at the same time: Flink holds only one of the
   * two.
   */
  void deleteTimer(long atMs, long otherAtMs) {
    if (atMs != RoundState.NEVER && atMs != otherAtMs) {
      timers().deleteProcessingTimeTimer(atMs);
    }
  }

  /** Deletes the timers of the open round. */
  void deleteTimers(RoundState round) {
    deleteTimer(round.closesAtMs());
    deleteTimer(round.noticeAtMs());
  }

  private TimerService timers() {
    return context.timerService();
  }
}
