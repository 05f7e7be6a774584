package io.swarmstream.verification;

import io.swarmstream.operators.admission.EnrolledSite;
import io.swarmstream.schemas.Anchor;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.signing.RecordSignature;
import io.swarmstream.schemas.wire.InboundRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the chain says of a contract.
 *
 * @param coordinator address of the account whose job writes the rounds
 * @param anchors of all anchored rounds, from round 0 on
 * @param enrolments all there ever were
 */
record Ledger(
    ContractTerms terms,
    String coordinator,
    List<Anchor> anchors,
    List<io.swarmstream.clients.chain.EnrolledSite> enrolments) {

  /** Whether the contract's coordinator has signed a record. */
  boolean isSigned(InboundRecord record) {
    @Nullable RecordSignature signature = record.signature();
    return signature != null
        && signature.termsHash().equals(terms.hash().hex())
        && signature.signer(record.topic(), record.value()).filter(coordinator::equals).isPresent();
  }

  /** By address: everybody ever enrolled, with the newest name and the greatest weight allowed. */
  Map<String, EnrolledSite> sites() {
    Map<String, EnrolledSite> sites = new HashMap<>();
    for (var enrolment : enrolments) {
      sites.merge(
          enrolment.address(),
          new EnrolledSite(enrolment.name(), enrolment.maxWeight()),
          (before, now) ->
              new EnrolledSite(now.name(), Math.max(before.maxWeight(), now.maxWeight())));
    }
    return sites;
  }

  /** Every name that a site was ever enrolled with. */
  Set<String> names(String address) {
    Set<String> names = new TreeSet<>();
    for (var enrolment : enrolments) {
      if (enrolment.address().equals(address)) {
        names.add(enrolment.name());
      }
    }
    return names;
  }
}
