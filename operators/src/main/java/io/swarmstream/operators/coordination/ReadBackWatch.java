package io.swarmstream.operators.coordination;

import io.swarmstream.operators.messages.ModelSignal;
import io.swarmstream.operators.messages.SealSignal;
import io.swarmstream.schemas.ContractTerms;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Republishes identical bytes that were not read back in time. A Kafka transaction that is lost
 * between a checkpoint and its commit would otherwise stop the contract for ever.
 */
final class ReadBackWatch {
  private static final Logger LOG = LoggerFactory.getLogger(ReadBackWatch.class);

  /** What the slowest job that is not stuck merges and writes, bytes in a millisecond. */
  private static final long SLOWEST_BYTES = 25_000;

  private final ContractState contract;
  private final long patienceMs;

  ReadBackWatch(ContractState contract, long patienceMs) {
    this.contract = contract;
    this.patienceMs = patienceMs;
  }

  /** Something is on its way to the log. */
  void begin(Turn turn) throws Exception {
    set(ReadBackWait.begun(turn.nowMs(), patience()), turn);
  }

  /** It has been read back, or is not needed any more. */
  void end(Turn turn) throws Exception {
    @Nullable ReadBackWait wait = contract.readBackWait();
    if (wait != null) {
      turn.deleteTimer(wait.atMs());
      contract.clearReadBackWait();
    }
  }

  /** It has not been read back in time. */
  void onTimer(Turn turn) throws Exception {
    @Nullable ReadBackWait wait = contract.readBackWait();
    if (wait == null) {
      return;
    }
    if (wait.sinceMs() < turn.startedMs()) {
      // The wait of an earlier attempt: what that one wrote may still be committed or read.
      set(ReadBackWait.begun(turn.startedMs(), patience()), turn);
      return;
    }
    publishAgain(wait, turn);
    set(wait.asked(patience()), turn);
  }

  /** Grows with the model: one that is published again before it is merged is written twice. */
  private long patience() throws Exception {
    if (contract.round().isFencing()) {
      return patienceMs;
    }
    long modelBytes = contract.terms().parameterCount() * Float.BYTES;
    return patienceMs + modelBytes * (contract.members.live().size() + 1) / SLOWEST_BYTES;
  }

  private void publishAgain(ReadBackWait wait, Turn turn) throws Exception {
    RoundState round = contract.round();
    ContractTerms terms = contract.terms();
    boolean fencing = round.isFencing();
    LOG.warn(
        "Contract {}: {} has not been read back from the log for {} s and is published again; if this repeats, check"
            + " whether Kafka can commit this job's transactions",
        terms.contract(),
        fencing ? "the fence" : "the record of round " + round.round(),
        (turn.nowMs() - wait.sinceMs()) / 1000);
    if (fencing) {
      turn.give(Notices.fence(terms, round.fence(), turn.nowMs()));
      return;
    }
    int chunkCount = terms.chunks().chunkCount();
    for (int chunk = 0; chunk < chunkCount; chunk++) {
      turn.publishAgain(ModelSignal.again(terms.contract(), chunk, chunkCount, round.round()));
    }
    turn.publishAgain(SealSignal.again(terms.contract(), round.round()));
  }

  private void set(ReadBackWait wait, Turn turn) throws Exception {
    contract.update(wait);
    turn.setTimer(wait.atMs());
  }
}
