package io.swarmstream.operators.coordination;

import io.swarmstream.operators.messages.RoundMasks;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.avro.MaskAgreement;
import io.swarmstream.schemas.avro.MaskConfirmation;
import io.swarmstream.schemas.avro.Unmask;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.masking.Cohort;
import io.swarmstream.schemas.masking.MaskedPlan;
import io.swarmstream.schemas.masking.Unmasking;
import io.swarmstream.schemas.wire.OutboundRecord;
import io.swarmstream.schemas.wire.Topic;
import io.swarmstream.schemas.wire.WireFormat;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the masks off the sum of a plan, with the help of the sites: publishes that enough of them
 * have read the same plan, whereupon they answer it, and finds the secrets from their answers.
 */
final class PlanUnmasking {
  private static final Logger LOG = LoggerFactory.getLogger(PlanUnmasking.class);

  private final ContractState contract;
  private final Rewriting agreements;

  PlanUnmasking(ContractState contract, Supplier<String> currentKey) {
    this.contract = contract;
    this.agreements = new Rewriting(contract, currentKey);
  }

  /** The plan of the current round, which has a cohort. */
  private MaskedPlan plan() throws Exception {
    long round = contract.round().round();
    Cohort cohort = Objects.requireNonNull(contract.masks.cohort(round), "no cohort");
    return MaskedPlan.of(contract.terms(), cohort, contract.plans.published(round));
  }

  /** What takes the masks off the sum; empty: too few sites have answered yet. */
  Optional<RoundMasks> solve(Turn turn) throws Exception {
    MaskedPlan plan = plan();
    Optional<RoundMasks> found =
        plan.unmasking().solve(answers(plan)).map(members -> RoundMasks.of(plan.cohort(), members));
    if (found.isEmpty()) {
      publishAgreement(plan, turn);
    }
    return found;
  }

  private void publishAgreement(MaskedPlan plan, Turn turn) throws Exception {
    Optional<MaskAgreement> agreement = plan.agreement(confirmations(plan));
    if (agreement.isPresent() && agreements.isDue("agreement " + plan.content(), turn)) {
      ContractTerms terms = contract.terms();
      String key = "mask-agreement-" + plan.cohort().round() % MaskRounds.KEYS;
      turn.give(
          new OutboundRecord(
                  Topic.ROUNDS.of(terms.contract()),
                  key,
                  WireFormat.MASK_AGREEMENT.encode(agreement.get()))
              .under(terms.hash()));
    }
  }

  private List<MaskConfirmation> confirmations(MaskedPlan plan) throws Exception {
    List<MaskConfirmation> said = contract.masks.confirmations(plan.cohort().round());
    said.removeIf(each -> !plan.isConfirmedBy(each));
    return said;
  }

  private List<Unmask> answers(MaskedPlan plan) throws Exception {
    List<Unmask> answers = contract.masks.answers(plan.cohort().round());
    answers.removeIf(answer -> !Hash.of(answer.getPlan()).equals(plan.hash()));
    return answers;
  }

  /** Says for whom the round waits, and which shares were wrong. */
  void warnOfWait() throws Exception {
    MaskedPlan plan = plan();
    List<MaskConfirmation> confirmations = confirmations(plan);
    if (confirmations.size() < plan.cohort().threshold()) {
      Set<String> silent = sitesWithShares(plan);
      for (MaskConfirmation each : confirmations) {
        silent.remove(contract.members.name(each.getSite()));
      }
      warn(plan, "have confirmed its plan", silent);
      return;
    }
    Unmasking unmasking = plan.unmasking();
    Set<String> silent = sitesWithShares(plan);
    for (Unmask answer : answers(plan)) {
      String name = contract.members.name(answer.getSite());
      silent.remove(name);
      List<String> wrong = unmasking.wrong(answer);
      if (!wrong.isEmpty()) {
        LOG.error(
            "Contract {}: the answer of site {} to the plan of round {} has no good shares of {}; either that site or"
                + " those that made the shares are at fault",
            contract.terms().contract(),
            name,
            plan.cohort().round(),
            wrong);
      }
    }
    for (String site : unmasking.misdealt(answers(plan))) {
      LOG.error(
          "Contract {}: the shares that site {} gave the others in round {} do not find the secret that it offered; the"
              + " round cannot end. Have the contract's owner remove that site, and begin anew under another name",
          contract.terms().contract(),
          contract.members.name(site),
          plan.cohort().round());
    }
    warn(plan, "have answered its plan", silent);
  }

  private Set<String> sitesWithShares(MaskedPlan plan) throws Exception {
    Set<String> names = new HashSet<>();
    for (String site : plan.cohort().record().getSites()) {
      names.add(contract.members.name(site));
    }
    return names;
  }

  private void warn(MaskedPlan plan, String what, Set<String> silent) throws Exception {
    LOG.warn(
        "Contract {}: round {} is closed, and its masks come off when {} sites of its roster {}; it waits for {}."
            + " Start those sites again if they are down.",
        contract.terms().contract(),
        plan.cohort().round(),
        plan.cohort().threshold(),
        what,
        silent);
  }
}
