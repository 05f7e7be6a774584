package io.swarmstream.operators.coordination;

import io.swarmstream.operators.admission.Flaw;
import io.swarmstream.operators.messages.ChunkRef;
import io.swarmstream.operators.messages.Receipt;
import io.swarmstream.operators.messages.TurnedAway;
import io.swarmstream.schemas.masking.Cohort;
import io.swarmstream.schemas.rounds.RejectionReason;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Decides why an admitted chunk does not count for the open round. */
final class ReceiptCheck {
  /**
   * Contributions that a site may begin in a round. A trainer that restarts while it sends begins
   * another one; each takes state, so their number is limited.
   */
  static final int MOST_BEGUN = 32;

  private final ContractState contract;
  private final MaskRounds masks;

  ReceiptCheck(ContractState contract, MaskRounds masks) {
    this.contract = contract;
    this.masks = masks;
  }

  /** The first flaw of a chunk that certainly does not count: its round has all that it takes. */
  Flaw flawOfAny(Receipt receipt) throws Exception {
    return Objects.requireNonNull(flaw(receipt));
  }

  /** The first flaw found; null: none. */
  @Nullable Flaw flaw(Receipt receipt) throws Exception {
    @Nullable TurnedAway away = receipt.turnedAway();
    if (away != null) {
      return new Flaw(away.reason(), away.field(), away.message());
    }
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
              "site %s contributed to round %d, but round %d is open; contribute to the round after the newest model",
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
    @Nullable Cohort cohort = masks.cohort();
    if (cohort != null
        && !(receipt.cohort().equals(cohort.hash().hex()) && cohort.has(receipt.site()))) {
      return new Flaw(
          RejectionReason.BAD_HEADER,
          "cohort",
          String.format(
              "site %s masked its delta for cohort %s, round %d has cohort %s of %s; contribute to the next round",
              name, receipt.cohort(), round.round(), cohort.hash(), cohort.members()));
    }
    if (!members.isEnrolled(receipt.site())) {
      return new Flaw(
          RejectionReason.UNKNOWN_SITE,
          "site",
          "site "
              + receipt.site()
              + " was removed from contract "
              + receipt.contract()
              + "; have the contract's owner enrol it again");
    }
    if (receipt.header().weight() > members.maxWeight(receipt.site())) {
      return new Flaw(
          RejectionReason.BAD_HEADER,
          "header.weight",
          String.format(
              "the weight is %d, site %s is now enrolled with weights 0 to %d; send one of those, or have the enrolment"
                  + " changed",
              receipt.header().weight(), name, members.maxWeight(receipt.site())));
    }
    if (cohort != null) {
      // A site that was enrolled with a greater weight since could make the sum leave an int.
      long left = cohort.weightLimit() - book.weightOfOthers(receipt.site());
      if (receipt.header().weight() > left) {
        return new Flaw(
            RejectionReason.BAD_HEADER,
            "header.weight",
            String.format(
                "the weight of site %s is %d, but the weights of round %d may sum to %d, which leaves %d: an enrolment"
                    + " changed after the round began; contribute to the next round",
                name, receipt.header().weight(), round.round(), cohort.weightLimit(), left));
      }
    }
    if (book.begunBy(receipt.site()) == 0) {
      return null; // the other flaws are about what the site has sent before
    }
    @Nullable ChunkRef before = book.received(receipt);
    if (before != null) {
      return new Flaw(
          RejectionReason.DUPLICATE,
          "chunkIndex",
          String.format(
              "chunk %d of this contribution of site %s has already arrived (partition %d, offset %d); it counts once",
              receipt.chunk(), name, before.partition(), before.offset()));
    }
    @Nullable Tally whole = book.completed(receipt.site());
    if (whole != null) {
      boolean sameDelta = whole.contribution().equals(receipt.contribution());
      return new Flaw(
          RejectionReason.CONFLICTING,
          sameDelta ? "header" : "merkleRoot",
          String.format(
              "site %s has completed contribution %s to round %d, this chunk is of %s; only the first contribution that"
                  + " is complete counts",
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
              "site %s has begun %d contributions to round %d and completed none, no more are accepted; complete one of"
                  + " them, or contribute to the next round",
              name, MOST_BEGUN, round.round()));
    }
    return null;
  }
}
