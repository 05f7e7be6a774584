package io.swarmstream.cli.train;

import io.swarmstream.schemas.ContractTerms;
import java.math.BigDecimal;

/**
 * Ensures that the options of a training agree with its contract: terms never change, and ignored
 * options would go unnoticed.
 */
final class AgreedTerms {
  private AgreedTerms() {}

  /**
   * Compares the options with an existing contract.
   *
   * @throws IllegalArgumentException naming the option, both values and how to resolve the
   *     difference
   */
  static void require(ContractTerms asked, ContractTerms agreed) {
    String contract = agreed.contract();
    require(contract, "--merge", asked.method(), agreed.method());
    require(contract, "--encoding", asked.deltaEncoding().code(), agreed.deltaEncoding().code());
    require(contract, "--min-peers", asked.minPeers(), agreed.minPeers());
    require(contract, "--grace-seconds", graceSeconds(asked), graceSeconds(agreed));
    // No option chooses the payload hash, the optimizer or the privacy, so the contract's are
    // right.
    ContractTerms same =
        asked
            .withPayloadHash(agreed.payloadHash())
            .withOptimizer(agreed.optimizer())
            .withPrivacy(agreed.privacy());
    if (!same.equals(agreed)) {
      throw new IllegalArgumentException(
          "contract %s is there already and is not one of 'swarm train': it is of %d parameters in chunks of %d%s, this training of %d in chunks of %d; give another --contract"
              .formatted(
                  contract,
                  agreed.parameterCount(),
                  agreed.chunkValues(),
                  agreed.isAdaptive() ? " and adaptive" : "",
                  asked.parameterCount(),
                  asked.chunkValues()));
    }
  }

  private static void require(String contract, String option, Object asked, Object agreed) {
    if (!asked.equals(agreed)) {
      throw new IllegalArgumentException(
          "%s is %s, but contract %s is there already with %s, and terms never change; give %s %s, or another --contract"
              .formatted(option, asked, contract, agreed, option, agreed));
    }
  }

  /**
   * Formats the grace period like the option; other programs create contracts with fractions, too.
   */
  private static String graceSeconds(ContractTerms terms) {
    return BigDecimal.valueOf(terms.gracePeriodMs(), 3).stripTrailingZeros().toPlainString();
  }
}
