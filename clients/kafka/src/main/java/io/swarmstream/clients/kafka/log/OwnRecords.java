package io.swarmstream.clients.kafka.log;

import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.avro.RoundRecord;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.signing.RecordSignature;
import java.util.Optional;

/**
 * Distinguishes a contract's own records from those that somebody else wrote into its topics.
 * Readers skip the latter, so that a stranger cannot stop a site.
 *
 * @param contract name of the contract whose topics are read
 * @param termsHash hash of its terms; empty when the reader does not know them
 * @param signers whose signatures count on its records; empty when the reader does not check
 *     signatures
 */
record OwnRecords(String contract, Optional<Hash> termsHash, Optional<RecordSigners> signers) {
  static OwnRecords of(String contract) {
    return new OwnRecords(contract, Optional.empty(), Optional.empty());
  }

  static OwnRecords of(ContractTerms terms, RecordSigners signers) {
    return new OwnRecords(terms.contract(), Optional.of(terms.hash()), Optional.of(signers));
  }

  /**
   * Returns what is wrong with the signature of a record; empty when nothing is. May ask the chain
   * who may sign: not to be called under a lock.
   *
   * @param topic the topic that holds the record
   */
  Optional<String> signatureFlaw(String topic, byte[] value, Optional<RecordSignature> signature) {
    if (signers.isEmpty()) {
      return Optional.empty();
    }
    String termsHex = termsHash.map(Hash::hex).orElse("");
    if (signature.isPresent() && !signature.get().termsHash().equals(termsHex)) {
      return Optional.of(
          "it is signed under terms "
              + signature.get().termsHash()
              + ", the contract's are "
              + termsHex);
    }
    Optional<String> signer = signature.flatMap(by -> by.signer(topic, value));
    return signer.filter(by -> signers.get().accepts(by, value)).isPresent()
        ? Optional.empty()
        : Optional.of(
            "it is signed by "
                + signer.orElse("nobody")
                + ", the contract's coordinator is "
                + signers.get().coordinator());
  }

  /** Returns why a round record is not the contract's own; empty when nothing is wrong. */
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

  /** Does the same for any record that names its contract. */
  Optional<String> flaw(String named) {
    return named.equals(contract)
        ? Optional.empty()
        : Optional.of("it is of contract " + named + ", the topic is of " + contract);
  }
}
