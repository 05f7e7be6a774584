package io.swarmstream.operators.coordination;

import io.swarmstream.operators.merging.ChunkStep;
import io.swarmstream.operators.messages.ModelSignal;
import io.swarmstream.operators.messages.SealSignal;
import io.swarmstream.schemas.ContractTerms;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says when a plan or a record was not read back in time, and republishes a record and its model
 * with identical bytes. What the log has lost would otherwise stop the contract for ever.
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

  /** Whether it has not been read back in time. */
  boolean isOverdue(Turn turn) throws Exception {
    @Nullable ReadBackWait wait = contract.readBackWait();
    if (wait == null || turn.nowMs() < wait.atMs()) {
      return false;
    }
    if (wait.sinceMs() < turn.startedMs()) {
      // The wait of an earlier attempt: what that one wrote may still be read.
      set(ReadBackWait.begun(turn.startedMs(), patience()), turn);
      return false;
    }
    set(wait.asked(patience()), turn);
    return true;
  }

  /** Grows with the model: one that is published again before it is merged is written twice. */
  private long patience() throws Exception {
    if (contract.round().isPlanned()) {
      return patienceMs;
    }
    ContractTerms terms = contract.terms();
    long modelBytes = terms.parameterCount() * Float.BYTES;
    // The deltas are read, the model and the optimizer's state are written.
    int models = contract.members.live().size() + 1 + ChunkStep.vectors(terms.optimizer());
    return patienceMs + modelBytes * models / SLOWEST_BYTES;
  }

  /** The sealed round is published again: its chunks, and its record. */
  void publishAgain(Turn turn) throws Exception {
    RoundState round = contract.round();
    ContractTerms terms = contract.terms();
    LOG.warn(
        "Contract {}: the record of round {} has not been read back from the log and is published again; if this"
            + " repeats, check whether Kafka takes what this job writes",
        terms.contract(),
        round.round());
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
