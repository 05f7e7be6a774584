package io.swarmstream.operators.coordination;

import io.swarmstream.operators.admission.Flaw;
import io.swarmstream.operators.messages.Receipt;
import io.swarmstream.operators.messages.SitePresence;
import io.swarmstream.schemas.rounds.RejectionReason;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Enters receipts into the open round, announces what it waits for, and closes it in time. */
final class OpenRound {
  /** News wait for more news this long. */
  private static final long NOTICE_DELAY_MS = 200;

  /** Without news a notice is repeated this often while a round is open. */
  private static final long NOTICE_INTERVAL_MS = 5_000;

  private final ContractState contract;
  private final ReceiptCheck check;
  private final Dismissals dismissals;
  private final RoundClosing closing;
  private final PlanFollowing following;
  private final Expiry expiry;
  private final Attempt attempt;
  private final ReadBackWatch readBack;
  private final MaskRounds masks;

  OpenRound(
      ContractState contract,
      Attempt attempt,
      Dismissals dismissals,
      RoundClosing closing,
      PlanFollowing following,
      ReadBackWatch readBack,
      MaskRounds masks,
      Expiry expiry) {
    this.masks = masks;
    this.expiry = expiry;
    this.attempt = attempt;
    this.contract = contract;
    this.check = new ReceiptCheck(contract, masks);
    this.dismissals = dismissals;
    this.closing = closing;
    this.following = following;
    this.readBack = readBack;
  }

  /** Round 0 opens. */
  void openFirst(Turn turn) throws Exception {
    begin(contract.round().firstOpened(turn.nowMs()), turn);
  }

  /**
   * The round after the sealed one opens.
   *
   * @param modelHash hash of the model that the sealed round made, hex
   */
  void openNext(String modelHash, Turn turn) throws Exception {
    begin(contract.round().nextOpened(modelHash, turn.nowMs()), turn);
  }

  private void begin(RoundState opened, Turn turn) throws Exception {
    contract.update(opened);
    resume(turn);
  }

  /**
   * Goes on with the round as the log has it, once everything is known that earlier attempts
   * decided about it.
   */
  void resume(Turn turn) throws Exception {
    RoundState round = contract.round();
    if (following.isPlanKnown()) {
      follow(turn);
      return;
    }
    if (round.isPlanned()) {
      contract.update(round.reopened()); // the plan did not reach the log
      readBack.end(turn);
    }
    dismissRemoved(turn);
    takeEarly(turn);
    review(turn);
  }

  /** The log has the current round's plan. */
  void follow(Turn turn) throws Exception {
    RoundState round = contract.round();
    if (round.isOpen()) {
      turn.deleteTimers(round);
      contract.update(round.planned());
      readBack.begin(turn);
    }
    following.carryOutWhenComplete(turn);
    takeEarly(turn);
  }

  /** Of sites that were removed when it was not known yet whether a plan names them. */
  private void dismissRemoved(Turn turn) throws Exception {
    Set<String> enrolled = new HashSet<>(contract.members.live());
    enrolled.addAll(contract.members.absent());
    dismissals.allOfOthers(enrolled, Dismissals.removed(contract.terms()), turn);
  }

  /** Enters the receipts that arrived before their round was open. */
  void takeEarly(Turn turn) throws Exception {
    for (Receipt receipt : contract.takeEarly()) {
      onReceipt(receipt, turn);
    }
  }

  void onReceipt(Receipt receipt, Turn turn) throws Exception {
    if (isEarly(receipt)) {
      contract.keepEarly(receipt);
      return;
    }
    if (contract.round().isPlanned() && following.isPlanKnown()) {
      following.onReceipt(receipt, turn);
      return;
    }
    @Nullable Flaw flaw = check.flaw(receipt);
    if (flaw == null && expiry.isExpired(receipt, turn)) {
      flaw = expiry.flaw(receipt.round());
    }
    if (flaw != null) {
      turn.refuse(receipt, flaw, contract.terms());
      return;
    }
    contract.members.markLive(receipt.site());
    if (!contract.book.enter(receipt, contract.terms().chunks().chunkCount())) {
      return; // perhaps one more live site, but no more complete ones: the round cannot close
    }
    dismissals.allBut(
        receipt.signed(),
        receipt.site(),
        new Flaw(
            RejectionReason.CONFLICTING,
            "merkleRoot",
            "site "
                + contract.members.name(receipt.site())
                + " has completed contribution "
                + receipt.contribution()
                + " to this round before this one; only the first that is complete counts"),
        turn);
    review(turn);
  }

  /**
   * Whether it cannot be answered yet. What was turned away at the door is kept only as long as a
   * plan may name it: strangers, too, can have something turned away.
   */
  private boolean isEarly(Receipt receipt) throws Exception {
    RoundState round = contract.round();
    if (round.isHalted()) {
      return false;
    }
    if (!attempt.isCaughtUp()) {
      return true;
    }
    if (receipt.turnedAway() != null) {
      return receipt.round() > round.round() && contract.plans.of(receipt.round()) != null;
    }
    if (round.isOpen() && receipt.round() == round.round() && masks.awaitsCohort()) {
      return true; // the site has read the cohort already
    }
    boolean awaitsPlan = round.isPlanned() && !following.isPlanKnown();
    return round.opensNext(receipt.round())
        || (awaitsPlan && receipt.round() == round.round())
        || (receipt.round() > round.round() && receipt.round() <= contract.plans.newestRound() + 1);
  }

  void onPresence(SitePresence presence, Turn turn) throws Exception {
    contract.members.hear(presence.site(), presence.present(), presence.atMs());
    review(turn);
  }

  /** Applies the quorum rule after anything that may have changed its verdict. */
  void review(Turn turn) throws Exception {
    RoundState before = contract.round();
    RoundState round = before;
    if (!round.isOpen() || !attempt.isCaughtUp()) {
      return;
    }
    switch (verdict(turn)) {
      case CLOSE -> {
        if (!masks.awaitsCohort()) {
          closing.close("all-live", turn);
          return;
        }
        masks.decideCohort(turn);
      }
      case GRACE -> {
        if (!round.isClosing()) {
          round = round.closingAt(later(turn.nowMs(), contract.terms().gracePeriodMs()));
          turn.setTimer(round.closesAtMs());
        }
      }
      case WAIT -> {
        if (round.isClosing()) {
          turn.deleteTimer(round.closesAtMs(), round.noticeAtMs());
          round = round.notClosing();
        }
      }
    }
    long soon = turn.nowMs() + NOTICE_DELAY_MS;
    if (round.noticeAtMs() == RoundState.NEVER || round.noticeAtMs() > soon) {
      turn.deleteTimer(round.noticeAtMs(), round.closesAtMs());
      round = round.noticeAt(soon);
      turn.setTimer(soon);
    }
    if (!round.equals(before)) {
      contract.update(round);
    }
  }

  private QuorumRule.Verdict verdict(Turn turn) throws Exception {
    if (!masks.isMasked()) {
      return new QuorumRule(contract.terms().minPeers())
          .judge(contract.book.completeSites(), contract.members.live());
    }
    if (masks.awaitsCohort() && !masks.hasRoster(turn)) {
      return QuorumRule.Verdict.WAIT;
    }
    Set<String> arrived = arrived();
    if (!masks.areMergeable(arrived)) {
      masks.warnOfGroups(arrived, turn);
      return QuorumRule.Verdict.WAIT;
    }
    return new QuorumRule(masks.least()).judge(arrived, masks.waitedFor());
  }

  /** Sites that have contributed; before there is a cohort, those that have offered. */
  private Set<String> arrived() throws Exception {
    return masks.awaitsCohort() ? masks.offered() : contract.book.completeSites();
  }

  void onTimer(long timestamp, Turn turn) throws Exception {
    RoundState round = graceSinceStart(turn);
    if (round.noticeAtMs() == timestamp) {
      if (attempt.isCaughtUp()
          && expiry.isExpired(contract.book.oldestMs(), turn) // usually not: nothing has to be read
          && dismissals.dismiss(
              tally -> expiry.isExpired(tally, turn), expiry.flaw(round.round()), turn)) {
        review(turn); // perhaps fewer than minPeers are in now
        round = contract.round();
      }
      // Counted from now, not from the timer: after an outage all missed notices would follow at
      // once.
      long next = turn.nowMs() + NOTICE_INTERVAL_MS;
      round = round.noticeAt(next);
      contract.update(round);
      turn.setTimer(next);
      // Also without news: a site whose contribution the job lacks learns that from a notice newer
      // than what it sent. A notice that fell due while the job was down would wrongly name sites
      // whose chunks the job has yet to read.
      if (timestamp >= turn.startedMs() && attempt.isCaughtUp()) {
        contract.showSitesInMetrics();
        Set<String> arrived = arrived();
        turn.give(
            Notices.waiting(
                contract.terms(),
                round,
                arrived,
                masks.wantedByGroups(arrived),
                contract.members,
                turn.nowMs()));
        if (masks.awaitsCohort()) {
          review(turn); // writes again what the log seems to have lost
          round = contract.round();
        }
      }
    }
    if (round.closesAtMs() == timestamp) {
      if (attempt.isCaughtUp() && masks.awaitsCohort()) {
        contract.update(round.notClosing());
        masks.decideCohort(turn);
      } else if (attempt.isCaughtUp()) {
        closing.close("grace-period", turn);
      } else {
        RoundState later = round.closingAt(turn.nowMs() + NOTICE_DELAY_MS);
        contract.update(later);
        turn.setTimer(later.closesAtMs());
      }
    }
  }

  /**
   * A grace period that was running when the job stopped starts again with the job, because the job
   * has yet to read what sites sent while it was down.
   */
  private RoundState graceSinceStart(Turn turn) throws Exception {
    RoundState round = contract.round();
    // What ends sooner after the start than a grace period lasts, began before it.
    long sinceStartMs = later(turn.startedMs(), contract.terms().gracePeriodMs());
    if (!round.isClosing() || round.closesAtMs() >= sinceStartMs) {
      return round;
    }
    turn.deleteTimer(round.closesAtMs(), round.noticeAtMs());
    RoundState again = round.closingAt(sinceStartMs);
    turn.setTimer(sinceStartMs);
    contract.update(again);
    return again;
  }

  /** The terms may have an endless grace period. */
  private static long later(long nowMs, long ms) {
    return ms > Long.MAX_VALUE - nowMs ? Long.MAX_VALUE : nowMs + ms;
  }
}
