package io.swarmstream.verification;

import io.swarmstream.clients.chain.Enrolment;
import io.swarmstream.operators.admission.EnrolledSite;
import io.swarmstream.schemas.Anchor;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.signing.RecordSignature;
import io.swarmstream.schemas.wire.InboundRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the chain holds about a contract.
 *
 * @param coordinators addresses of the accounts whose jobs write the rounds or have written them
 * @param anchors of all anchored rounds; the index is the round
 * @param enrolments of all sites, also of those removed later
 */
record ChainHistory(
    ContractTerms terms,
    Set<String> coordinators,
    List<Anchor> anchors,
    List<Enrolment> enrolments) {

  /** Whether the contract's coordinator, or a former one, has signed a record. */
  boolean isSigned(InboundRecord record) {
    @Nullable RecordSignature signature = record.signature();
    return signature != null
        && signature.termsHash().equals(terms.hash().hex())
        && signature
            .signer(record.topic(), record.value())
            .filter(coordinators::contains)
            .isPresent();
  }

  /** The anchor of a round; null when it is not anchored. */
  @Nullable Anchor anchor(long round) {
    return round < anchors.size() ? anchors.get((int) round) : null;
  }

  /** The first round that has neither a record nor an anchor, nor has any after it. */
  long end(NavigableMap<Long, LoggedRound> records) {
    return Math.max(anchors.size(), records.isEmpty() ? 0 : records.lastKey() + 1);
  }

  /**
   * By address: every site ever enrolled, with its newest name and the greatest weight it was
   * allowed.
   */
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

  /** All names that a site was ever enrolled with. */
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
