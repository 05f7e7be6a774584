package io.swarmstream.operators.coordination;

import io.swarmstream.operators.admission.Flaw;
import io.swarmstream.operators.messages.Receipt;
import io.swarmstream.operators.messages.SitePresence;
import io.swarmstream.schemas.rounds.RejectionReason;
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
  private final Expiry expiry;

  OpenRound(ContractState contract, Dismissals dismissals, RoundClosing closing, Expiry expiry) {
    this.expiry = expiry;
    this.contract = contract;
    this.check = new ReceiptCheck(contract);
    this.dismissals = dismissals;
    this.closing = closing;
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
    takeEarly(turn);
    review(turn);
  }

  /** Enters the receipts that arrived before their round was open. */
  void takeEarly(Turn turn) throws Exception {
    for (Receipt receipt : contract.takeEarly()) {
      onReceipt(receipt, turn);
    }
  }

  void onReceipt(Receipt receipt, Turn turn) throws Exception {
    if (contract.round().opensNext(receipt.round())) {
      contract.keepEarly(receipt);
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

  void onPresence(SitePresence presence, Turn turn) throws Exception {
    contract.members.hear(presence.site(), presence.present(), presence.atMs());
    review(turn);
  }

  /** Applies the quorum rule after anything that may have changed its verdict. */
  void review(Turn turn) throws Exception {
    RoundState round = contract.round();
    if (!round.isOpen()) {
      return;
    }
    QuorumRule rule = new QuorumRule(contract.terms().minPeers());
    switch (rule.judge(contract.book.completeSites(), contract.members.live())) {
      case CLOSE -> {
        closing.close("all-live", turn);
        return;
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
    contract.update(round);
  }

  void onTimer(long timestamp, Turn turn) throws Exception {
    RoundState round = graceSinceStart(turn);
    if (round.noticeAtMs() == timestamp) {
      if (dismissals.dismiss(
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
      if (timestamp >= turn.startedMs()) {
        contract.showSitesInMetrics();
        turn.give(
            Notices.waiting(
                contract.terms(),
                round,
                contract.book.completeSites(),
                contract.members,
                turn.nowMs()));
      }
    }
    if (round.closesAtMs() == timestamp) {
      closing.close("grace-period", turn);
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
