package io.swarmstream.operators.coordination;

import io.swarmstream.operators.admission.Flaw;
import io.swarmstream.operators.messages.ChunkRef;
import io.swarmstream.operators.messages.Receipt;
import io.swarmstream.schemas.rounds.RejectionReason;
import org.jspecify.annotations.Nullable;

/** Says why an admitted chunk cannot count for the open round. */
final class ReceiptCheck {
  /**
   * Contributions that a site may begin in a round. Each time that its trainer starts anew in the
   * middle of sending it begins one more; each takes state, so there has to be an end to them.
   */
  static final int MOST_BEGUN = 32;

  private final ContractState contract;

  ReceiptCheck(ContractState contract) {
    this.contract = contract;
  }

  /** The first flaw found; null: none. */
  @Nullable Flaw flaw(Receipt receipt) throws Exception {
    RoundState round = contract.round();
    Membership members = contract.members;
    RoundBook book = contract.book;
    if (round.isHalted()) {
      return new Flaw(RejectionReason.NOT_RESTORED, "", contract.notRestored());
    }
    String name = members.name(receipt.site());
    if (round.isPast(receipt.round())) {
      return new Flaw(
          RejectionReason.STALE_ROUND,
          "round",
          String.format(
              "site %s contributed to round %d, which is closed; take the newest model and contribute to the round"
                  + " after it",
              name, receipt.round()));
    }
    if (receipt.round() > round.round()) {
      return new Flaw(
          RejectionReason.FUTURE_ROUND,
          "round",
          String.format(
              "site %s contributed to round %d, round %d is open; contribute to the round after the newest model",
              name, receipt.round(), round.round()));
    }
    if (!receipt.baseHash().equals(round.baseHash())) {
      return new Flaw(
          RejectionReason.WRONG_BASE,
          "baseHash",
          String.format(
              "site %s started from model %s, round %d starts from %s; take the newest model and train from it",
              name, receipt.baseHash(), round.round(), round.baseHash()));
    }
    if (!members.isEnrolled(receipt.site())) {
      return new Flaw(
          RejectionReason.UNKNOWN_SITE,
          "site",
          "site " + receipt.site() + " was removed from the contract");
    }
    if (receipt.header().weight() > members.maxWeight(receipt.site())) {
      return new Flaw(
          RejectionReason.BAD_HEADER,
          "header.weight",
          String.format(
              "weight %d; site %s is enrolled with weights 0 to %d by now",
              receipt.header().weight(), name, members.maxWeight(receipt.site())));
    }
    @Nullable ChunkRef before = book.received(receipt);
    if (before != null) {
      return new Flaw(
          RejectionReason.DUPLICATE,
          "chunkIndex",
          String.format(
              "chunk %d of this contribution of site %s is in already (partition %d, offset %d); it counts once",
              receipt.chunk(), name, before.partition(), before.offset()));
    }
    @Nullable Tally whole = book.completed(receipt.site());
    if (whole != null) {
      boolean sameDelta = whole.contribution().equals(receipt.contribution());
      return new Flaw(
          RejectionReason.CONFLICTING,
          sameDelta ? "header" : "merkleRoot",
          String.format(
              "site %s has contributed %s to round %d as a whole, this chunk is of %s; one contribution a round counts,"
                  + " the first that is whole",
              name,
              whole.contribution(),
              round.round(),
              sameDelta ? "the same with another header" : receipt.contribution()));
    }
    if (!book.hasBegun(receipt) && book.begunBy(receipt.site()) >= MOST_BEGUN) {
      return new Flaw(
          RejectionReason.TOO_MANY,
          "merkleRoot",
          String.format(
              "site %s has begun %d contributions to round %d and ended none, no more are taken; send one of them to its"
                  + " end, or contribute to the round after it",
              name, MOST_BEGUN, round.round()));
    }
    return null;
  }
}
