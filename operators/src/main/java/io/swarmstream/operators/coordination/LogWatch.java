package io.swarmstream.operators.coordination;

import io.swarmstream.operators.admission.Flaw;
import io.swarmstream.operators.coordination.RoundState.Phase;
import io.swarmstream.operators.messages.SealedRound;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.Hash;
import io.swarmstream.schemas.RejectionReason;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes by what stands in the rounds topic: opens the next round when a sealed one has been read
 * back, and halts the contract when the log holds what this state cannot have made.
 */
final class LogWatch {
  private static final Logger LOG = LoggerFactory.getLogger(LogWatch.class);

  private final ContractState contract;
  private final OpenRound openRound;
  private final Dismissals dismissals;
  private final ReadBackWatch readBack;

  LogWatch(
      ContractState contract, OpenRound openRound, Dismissals dismissals, ReadBackWatch readBack) {
    this.contract = contract;
    this.openRound = openRound;
    this.dismissals = dismissals;
    this.readBack = readBack;
  }

  /** Writes a new contract's fence; round 0 opens when it has been read. */
  void fence(ContractTerms terms, Turn turn) throws Exception {
    String fence = UUID.randomUUID().toString();
    contract.update(
        new RoundState(
            Phase.FENCING,
            0,
            Hash.ZERO.hex(),
            turn.nowMs(),
            RoundState.NEVER,
            RoundState.NEVER,
            fence));
    @Nullable Long found = contract.takeRoundBefore();
    if (found == null) {
      turn.give(Notices.fence(terms, fence, turn.nowMs()));
      readBack.begin(turn);
    } else {
      halt(found, "the job was started without its state", turn);
    }
  }

  /** The fence is back: all that stood in the log before it has been heard, and it was nothing. */
  void onFence(String fence, Turn turn) throws Exception {
    RoundState round = contract.round();
    if (round.phase() == Phase.FENCING && round.fence().equals(fence)) {
      readBack.end(turn);
      openRound.open(0, Hash.ZERO.hex(), turn);
    }
  }

  void onSealed(SealedRound found, Turn turn) throws Exception {
    RoundState round = contract.round();
    if (round.phase() == Phase.HALTED) {
      return;
    }
    if (round.phase() == Phase.SEALING && found.round() == round.round()) {
      readBack.end(turn);
      openRound.open(found.round() + 1, found.modelHash(), turn);
      return;
    }
    boolean anotherModel =
        found.round() == round.round() - 1 && !found.modelHash().equals(round.baseHash());
    if (found.round() >= round.round() || anotherModel) {
      dismissals.allOfOthers(
          Set.of(), new Flaw(RejectionReason.NOT_RESTORED, "", contract.notRestored()), turn);
      halt(
          found.round(),
          anotherModel ? "there are two models of it" : "the job was started without its state",
          turn);
      openRound.takeEarly(turn);
    }
  }

  /** Takes nothing more of this contract: the log holds what this state cannot have made. */
  private void halt(long foundRound, String why, Turn turn) throws Exception {
    RoundState round = contract.round();
    turn.deleteTimers(round);
    readBack.end(turn);
    LOG.error(
        "Contract {} halted: its log holds a round {} that this job, at round {}, did not make; {}. Cancel the job and"
            + " start it from its newest checkpoint or savepoint.",
        contract.terms().contract(),
        foundRound,
        round.round(),
        why);
    contract.update(round.withPhase(Phase.HALTED));
  }
}
