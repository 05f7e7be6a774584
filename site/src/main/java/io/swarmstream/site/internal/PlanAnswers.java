package io.swarmstream.site.internal;

import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.avro.MaskAgreement;
import io.swarmstream.schemas.masking.Cohort;
import io.swarmstream.schemas.masking.MaskedPlan;
import io.swarmstream.schemas.masking.SiteSecrets;
import io.swarmstream.schemas.signing.SiteKey;
import io.swarmstream.schemas.wire.MalformedRecordException;
import io.swarmstream.schemas.wire.WireFormat;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a site says to the plans of masked rounds: it confirms what it has read, and once enough
 * sites have confirmed the same, it answers with the shares that it holds.
 */
final class PlanAnswers {
  private static final Logger LOG = LoggerFactory.getLogger(PlanAnswers.class);

  private final SiteKey key;
  private final ContractTerms terms;
  private final SiteSecrets secrets;
  private final MaskMemory memory;
  private final CohortCheck check;

  PlanAnswers(
      SiteKey key, ContractTerms terms, SiteSecrets secrets, MaskMemory memory, CohortCheck check) {
    this.key = key;
    this.terms = terms;
    this.secrets = secrets;
    this.memory = memory;
    this.check = check;
  }

  /**
   * A site's confirmation of a plan; empty: this site does not confirm it. Every site of the roster
   * holds shares, also one that is not in the cohort because it offered too late.
   *
   * @param published the plan as it stands in the log
   */
  Optional<byte[]> confirmation(Cohort cohort, byte[] published) {
    return plan(cohort, published)
        .map(plan -> WireFormat.MASK_CONFIRMATION.encode(plan.confirm(key)));
  }

  /**
   * A site's answer to a plan; empty: this site does not answer.
   *
   * @param published the plan as it stands in the log
   * @param agreement what is to prove that enough sites have confirmed the plan
   */
  Optional<byte[]> answer(Cohort cohort, byte[] published, byte[] agreement) {
    return plan(cohort, published)
        .filter(plan -> isAgreed(plan, agreement))
        .map(plan -> WireFormat.UNMASK.encode(plan.unmasking().answer(key, secrets, plan.hash())));
  }

  private boolean isAgreed(MaskedPlan plan, byte[] published) {
    try {
      MaskAgreement agreement = WireFormat.MASK_AGREEMENT.decode(published);
      if (plan.isAgreed(agreement)) {
        return true;
      }
    } catch (MalformedRecordException e) {
      throw new IllegalStateException("the log has decoded it before", e);
    }
    warn(
        plan.cohort().round(),
        "too few sites have confirmed the cohort and the plan that it has read");
    return false;
  }

  /** The plan, if this site may confirm and answer it; from then on, no other of the round. */
  private Optional<MaskedPlan> plan(Cohort cohort, byte[] published) {
    if (!cohort.holdsShares(key.address())) {
      return Optional.empty();
    }
    MaskedPlan plan = decoded(cohort, published);
    Optional<String> flaw =
        check
            .flaw(cohort)
            .or(plan::flaw)
            .or(
                () ->
                    memory.mayConfirm(cohort.round(), plan.content())
                        ? Optional.empty()
                        : Optional.of(
                            "it has confirmed another plan of this round, or of a later one"));
    flaw.ifPresent(what -> warn(cohort.round(), what));
    return flaw.isPresent() ? Optional.empty() : Optional.of(plan);
  }

  private MaskedPlan decoded(Cohort cohort, byte[] published) {
    try {
      return MaskedPlan.of(terms, cohort, published);
    } catch (MalformedRecordException e) {
      throw new IllegalStateException("the log has decoded it before", e);
    }
  }

  private void warn(long round, String flaw) {
    LOG.error(
        "Contract {}: this site does not help to unmask round {}: {}. Ask the coordinator's operator.",
        terms.contract(),
        round,
        flaw);
  }
}
