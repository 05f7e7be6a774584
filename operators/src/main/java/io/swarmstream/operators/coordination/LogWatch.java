package io.swarmstream.operators.coordination;

import io.swarmstream.operators.admission.Flaw;
import io.swarmstream.operators.admission.Rejections;
import io.swarmstream.operators.messages.ForeignRecord;
import io.swarmstream.operators.messages.SealSignal;
import io.swarmstream.operators.messages.SealedRound;
import io.swarmstream.schemas.avro.RoundPlan;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.rounds.RejectionReason;
import io.swarmstream.schemas.wire.Topic;
import io.swarmstream.schemas.wire.WireFormat;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what a record read back from the rounds topic means: it opens the next round, it is
 * foreign, or it halts the contract because this state cannot have made it.
 */
final class LogWatch {
  private static final Logger LOG = LoggerFactory.getLogger(LogWatch.class);

  private static final String TOO_OLD = "the job was started from an old state";

  private final ContractState contract;
  private final OpenRound openRound;
  private final Dismissals dismissals;
  private final ReadBackWatch readBack;
  private final Attempt attempt;

  LogWatch(
      ContractState contract,
      Attempt attempt,
      OpenRound openRound,
      Dismissals dismissals,
      ReadBackWatch readBack) {
    this.attempt = attempt;
    this.contract = contract;
    this.openRound = openRound;
    this.dismissals = dismissals;
    this.readBack = readBack;
  }

  /** A new contract: waits until a checkpoint has it and the fence is in force. */
  void begin(Turn turn) throws Exception {
    contract.update(RoundState.fenced(turn.nowMs()));
    attempt.noteNew();
    @Nullable Long found = contract.takeRoundBefore();
    if (found == null) {
      attempt.lookForCheckpointSoon(turn);
    } else {
      halt(found, "the job was started without its state", turn);
    }
  }

  /** Time has come to look whether a new contract may begin. */
  void onTimer(Turn turn) throws Exception {
    if (contract.round().isFencing() && !openFirst(turn)) {
      attempt.lookForCheckpointSoon(turn);
    }
  }

  /** No record stood in the log before the fence, so round 0 opens; false: not yet. */
  private boolean openFirst(Turn turn) throws Exception {
    if (!attempt.isCaughtUp() || !attempt.isSaved()) {
      return false;
    }
    openRound.openFirst(turn);
    return true;
  }

  void onFence(String fence, Turn turn) throws Exception {
    if (!attempt.onFence(fence, turn)) {
      return;
    }
    RoundState round = contract.round();
    long newest = contract.plans.newestRound();
    if (round.isHalted()) {
      return;
    }
    if (attempt.lead(newest) > contract.keptModels()) {
      haltAndDismiss(newest, TOO_OLD, turn); // the models are gone that lead there
    } else if (round.isFencing()) {
      openFirst(turn);
    } else if (round.isSealing()) {
      // What stands before the fence opens nothing. If the record is made already, it comes again.
      turn.publishAgain(SealSignal.again(contract.terms().contract(), round.round()));
    } else {
      openRound.resume(turn);
    }
  }

  /** A plan was read. It counts if its fence is in force and it is the first of its round. */
  void onPlan(byte[] bytes, Turn turn) throws Exception {
    RoundPlan plan = WireFormat.ROUND_PLAN.decode(bytes);
    RoundState round = contract.round();
    boolean isNew = round.isFencing() && !attempt.isSaved();
    boolean isLate = plan.getRound() < round.round() + (round.isSealing() ? 1 : 0);
    if (round.isHalted()
        || isNew
        || isLate
        || plan.getFence() != contract.fenceInForce()
        || !Hash.of(plan.getTermsHash()).equals(contract.terms().hash())
        || contract.plans.of(plan.getRound()) != null) {
      LOG.info(
          "Contract {}: a plan of round {} is passed over; it does not count any more",
          contract.terms().contract(),
          plan.getRound());
      return;
    }
    contract.plans.add(plan.getRound(), bytes);
    if (attempt.isCaughtUp() && plan.getRound() == round.round() && !round.isFencing()) {
      openRound.follow(turn);
    }
  }

  void onSealed(SealedRound found, Turn turn) throws Exception {
    RoundState round = contract.round();
    if (round.isHalted()) {
      return;
    }
    if (contract.plans.of(found.round()) != null) {
      return; // of before a crash: this attempt carries out the same plan, and makes its own copy
    }
    if (isOfALostPast(found, round)) {
      haltAndDismiss(found.round(), TOO_OLD, turn);
      return;
    }
    @Nullable ForeignRecord foreign = foreign(found, round);
    if (foreign != null) {
      onForeign(foreign, turn);
      return;
    }
    if (round.awaitsRecordOf(found.round())) {
      if (attempt.isCaughtUp()) {
        readBack.end(turn);
        openRound.openNext(found.modelHash(), turn);
      }
      return;
    }
    boolean anotherModel =
        found.round() == round.round() - 1 && !found.modelHash().equals(round.baseHash());
    if (found.round() >= round.round() || anotherModel) {
      haltAndDismiss(
          found.round(),
          anotherModel ? "there are two models of it" : "the job was started without its state",
          turn);
    }
  }

  /**
   * Whether a record from before the own fence follows the round that is sealing, and the log has
   * no plan of it: then this state is older than what the log can lead it to.
   */
  private boolean isOfALostPast(SealedRound found, RoundState round) throws Exception {
    return !attempt.isCaughtUp()
        && round.isSealing()
        && found.round() == round.round() + 1
        && found.termsHash().equals(contract.terms().hash().hex());
  }

  private void haltAndDismiss(long foundRound, String why, Turn turn) throws Exception {
    dismissals.allOfOthers(
        Set.of(), new Flaw(RejectionReason.NOT_RESTORED, "", contract.notRestored()), turn);
    halt(foundRound, why, turn);
    openRound.takeEarly(turn);
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
