package io.swarmstream.operators.coordination;

import io.swarmstream.operators.admission.Flaw;
import io.swarmstream.operators.admission.Rejections;
import io.swarmstream.operators.messages.ForeignRecord;
import io.swarmstream.operators.messages.SealedRound;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.rounds.RejectionReason;
import io.swarmstream.schemas.wire.Topic;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what a record read back from the rounds topic means: it opens the next round, it is
 * foreign, or it halts the contract because this state cannot have made it.
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
    contract.update(RoundState.fenced(fence, turn.nowMs()));
    @Nullable Long found = contract.takeRoundBefore();
    if (found == null) {
      turn.give(Notices.fence(terms, fence, turn.nowMs()));
      readBack.begin(turn);
    } else {
      halt(found, "the job was started without its state", turn);
    }
  }

  /** The fence has been read back: no record stood in the log before it, so round 0 opens. */
  void onFence(String fence, Turn turn) throws Exception {
    if (contract.round().awaitsFence(fence)) {
      readBack.end(turn);
      openRound.openFirst(turn);
    }
  }

  void onSealed(SealedRound found, Turn turn) throws Exception {
    RoundState round = contract.round();
    if (round.isHalted()) {
      return;
    }
    @Nullable ForeignRecord foreign = foreign(found, round);
    if (foreign != null) {
      onForeign(foreign, turn);
      return;
    }
    if (round.awaitsRecordOf(found.round())) {
      readBack.end(turn);
      openRound.openNext(found.modelHash(), turn);
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

  /** Ignores a record that this job did not write, and reports it to the rejections topic. */
  void onForeign(ForeignRecord foreign, Turn turn) throws Exception {
    LOG.warn(
        "Contract {}: record {}/{}@{} is passed over, this job did not write it: {}. Find out who else can write to"
            + " that topic.",
        foreign.contract(),
        Topic.ROUNDS.of(foreign.contract()),
        foreign.partition(),
        foreign.offset(),
        foreign.message());
    turn.reject(Rejections.of(foreign, turn.nowMs()), contract.terms());
  }

  /**
   * Says why no job of this contract can have written a record. An honest log holds the rounds one
   * by one, so a round that this state has missed is its next one, never a later one.
   *
   * @return null: a job of this contract may have written it
   */
  private @Nullable ForeignRecord foreign(SealedRound found, RoundState round) throws Exception {
    String terms = contract.terms().hash().hex();
    if (found.round() < 0) {
      return foreign(found, RejectionReason.BAD_HEADER, "round", "its round is " + found.round());
    }
    if (round.isFencing()) {
      return null; // nothing may stand before the fence, whoever wrote it
    }
    if (!found.termsHash().equals(terms)) {
      return foreign(
          found,
          RejectionReason.WRONG_TERMS,
          "termsHash",
          "it was made under terms "
              + found.termsHash()
              + ", those of the contract are "
              + terms
              + "; another chain's contract of the same name?");
    }
    if (found.round() > round.round()) {
      return foreign(
          found,
          RejectionReason.FUTURE_ROUND,
          "round",
          "it is of round "
              + found.round()
              + ", but the log has none of round "
              + round.round()
              + " before it");
    }
    if (found.round() == round.round() && !found.baseHash().equals(round.baseHash())) {
      return foreign(
          found,
          RejectionReason.WRONG_BASE,
          "baseHash",
          "it starts from model "
              + found.baseHash()
              + ", round "
              + round.round()
              + " from "
              + round.baseHash());
    }
    return null;
  }

  private static ForeignRecord foreign(
      SealedRound found, RejectionReason reason, String field, String message) {
    return new ForeignRecord(
        found.contract(), found.round(), found.partition(), found.offset(), reason, field, message);
  }

  /** Stops serving this contract: the log holds what this state cannot have made. */
  private void halt(long foundRound, String why, Turn turn) throws Exception {
    RoundState round = contract.round();
    turn.deleteTimers(round);
    readBack.end(turn);
    LOG.error(
        "Contract {} halted: its log holds a round {} that this job, at round {}, did not make; {}. Cancel the job and"
            + " start it from its newest checkpoint or savepoint. If the contract never had a round, its topics are left"
            + " over from another contract of that name: create it under a new name.",
        contract.terms().contract(),
        foundRound,
        round.round(),
        why);
    contract.update(round.halted());
  }
}
