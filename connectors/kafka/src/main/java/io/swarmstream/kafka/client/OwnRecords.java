package io.swarmstream.kafka.client;

import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.Hash;
import io.swarmstream.schemas.avro.RoundRecord;
import java.util.Optional;

/**
 * Tells a contract's own records from those that somebody else has put into its topics. Readers
 * pass the latter over: what a stranger writes must not stop a site.
 *
 * @param contract name of the contract whose topics are read
 * @param termsHash of its terms; empty: the reader does not know them
 */
record OwnRecords(String contract, Optional<Hash> termsHash) {
  static OwnRecords of(String contract) {
    return new OwnRecords(contract, Optional.empty());
  }

  static OwnRecords of(ContractTerms terms) {
    return new OwnRecords(terms.contract(), Optional.of(terms.hash()));
  }

  /** What gives a round record away; empty: nothing. */
  Optional<String> flaw(RoundRecord record) {
    if (record.getRound() < 0) {
      return Optional.of("it is of round " + record.getRound());
    }
    Hash named = Hash.of(record.getTermsHash());
    return flaw(record.getContract())
        .or(
            () ->
                termsHash
                    .filter(own -> !own.equals(named))
                    .map(
                        own -> "it was made under terms " + named + ", the contract's are " + own));
  }

  /** The same of any record that names its contract. */
  Optional<String> flaw(String named) {
    return named.equals(contract)
        ? Optional.empty()
        : Optional.of("it is of contract " + named + ", the topic is of " + contract);
  }
}
