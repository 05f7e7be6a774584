package io.swarmstream.operators.coordination;

import io.swarmstream.schemas.avro.MaskCohort;
import io.swarmstream.schemas.avro.MaskConfirmation;
import io.swarmstream.schemas.avro.MaskOffer;
import io.swarmstream.schemas.avro.MaskRoster;
import io.swarmstream.schemas.avro.Unmask;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.masking.Cohort;
import io.swarmstream.schemas.masking.MaskOffers;
import io.swarmstream.schemas.wire.WireFormat;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes in what sites say of masked rounds, and the rosters and cohorts that are read back, and
 * keeps what counts.
 */
final class MaskLetters {
  private static final Logger LOG = LoggerFactory.getLogger(MaskLetters.class);

  private final ContractState contract;
  private final Attempt attempt;

  MaskLetters(ContractState contract, Attempt attempt) {
    this.contract = contract;
    this.attempt = attempt;
  }

  /** Keeps what a site said, or what was read back, unless it does not count. */
  void take(byte[] bytes) throws Exception {
    if (WireFormat.MASK_OFFER.frames(bytes)) {
      onOffer(bytes, WireFormat.MASK_OFFER.decode(bytes));
    } else if (WireFormat.MASK_CONFIRMATION.frames(bytes)) {
      onConfirmation(bytes, WireFormat.MASK_CONFIRMATION.decode(bytes));
    } else if (WireFormat.UNMASK.frames(bytes)) {
      onAnswer(bytes, WireFormat.UNMASK.decode(bytes));
    } else if (WireFormat.MASK_ROSTER.frames(bytes)) {
      onRoster(bytes, WireFormat.MASK_ROSTER.decode(bytes));
    } else {
      onCohort(bytes, WireFormat.MASK_COHORT.decode(bytes));
    }
  }

  private void onOffer(byte[] bytes, MaskOffer offer) throws Exception {
    if (offer.getRound() == MaskOffers.ANNOUNCEMENT) {
      if (!contract.members.isEnrolled(offer.getSite())) {
        LOG.info(
            "Contract {}: {} announces a key, but is not enrolled",
            contract.terms().contract(),
            offer.getSite());
        return;
      }
      contract.masks.announce(offer.getSite(), bytes);
    } else if (isOfUse(offer.getRound(), offer.getSite())) {
      contract.masks.offer(offer.getRound(), offer.getSite(), bytes);
    }
  }

  private void onConfirmation(byte[] bytes, MaskConfirmation said) throws Exception {
    if (isOfUse(said.getRound(), said.getSite())) {
      contract.masks.confirm(said.getRound(), said.getSite(), bytes);
    }
  }

  private void onAnswer(byte[] bytes, Unmask answer) throws Exception {
    if (isOfUse(answer.getRound(), answer.getSite())) {
      contract.masks.answer(answer.getRound(), answer.getSite(), bytes);
    }
  }

  private boolean isOfUse(long round, String site) throws Exception {
    RoundState open = contract.round();
    long now = open.round() + (open.isSealing() ? 1 : 0);
    @Nullable Cohort cohort = contract.masks.cohort(round);
    boolean isKnown =
        contract.members.isEnrolled(site) || (cohort != null && cohort.holdsShares(site));
    // After a crash, what a site that was removed since has said may count for an earlier plan.
    return (isKnown || !attempt.isCaughtUp())
        && round >= now
        && round - now <= MaskState.MOST_ROUNDS;
  }

  private void onRoster(byte[] bytes, MaskRoster roster) throws Exception {
    if (roster.getFence() == contract.fenceInForce() && isOwn(Hash.of(roster.getTermsHash()))) {
      contract.masks.setRoster(bytes);
    }
  }

  private void onCohort(byte[] bytes, MaskCohort cohort) throws Exception {
    RoundState round = contract.round();
    boolean isLate = cohort.getRound() < round.round() + (round.isSealing() ? 1 : 0);
    if (isLate
        || cohort.getFence() != contract.fenceInForce()
        || !isOwn(Hash.of(cohort.getTermsHash()))
        || contract.masks.cohort(cohort.getRound()) != null) {
      LOG.info(
          "Contract {}: a cohort of round {} is passed over; it does not count any more",
          contract.terms().contract(),
          cohort.getRound());
      return;
    }
    contract.masks.addCohort(cohort.getRound(), bytes);
  }

  private boolean isOwn(Hash terms) throws Exception {
    return terms.equals(contract.terms().hash());
  }
}
