package io.swarmstream.verification;

import io.swarmstream.clients.chain.ChainOptions;
import io.swarmstream.clients.kafka.KafkaEndpoint;
import io.swarmstream.schemas.ContractTerms;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * What to verify, and where.
 *
 * @param contract name of the training contract
 * @param round the one round to verify; empty: all
 * @param patience longest wait for one answer of Kafka, and for the newest round's anchor
 */
public record VerifyOptions(
    String contract,
    OptionalLong round,
    KafkaEndpoint kafka,
    ChainOptions chain,
    Duration patience) {
  public static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(30);

  public VerifyOptions {
    ContractTerms.checkName(contract);
    if (round.isPresent() && round.getAsLong() < 0) {
      throw new IllegalArgumentException("round is " + round.getAsLong() + "; rounds count from 0");
    }
  }
}
