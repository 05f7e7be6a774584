package io.swarmstream.network.proof;

import io.swarmstream.clients.chain.ChainOptions;
import io.swarmstream.clients.kafka.KafkaEndpoint;
import io.swarmstream.clients.network.FindingInfo;
import io.swarmstream.clients.network.VerifiedRound;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Verifies rounds and exports proven models, as {@code swarm verify} and {@code swarm contract
 * export} do.
 */
public interface RoundVerifier {
  /** A node that can prove nothing. */
  RoundVerifier NONE =
      new RoundVerifier() {
        @Override
        public Verdict verify(
            Place place, String contract, OptionalLong round, Consumer<String> progress) {
          throw new IllegalStateException(
              "this node was started without a verifier; use 'swarm verify'");
        }

        @Override
        public void export(Place place, String contract, OptionalLong round, Path to) {
          throw new IllegalStateException(
              "this node was started without a verifier; use 'swarm contract export'");
        }
      };

  /** Where the log and the chain are; both are reached with the node's own certificate. */
  record Place(KafkaEndpoint kafka, ChainOptions chain) {}

  /**
   * The result.
   *
   * @param verdict proven, failed or not-replayable
   * @param findings what is wrong, but concerns none of the rounds
   */
  record Verdict(String verdict, List<VerifiedRound> rounds, List<FindingInfo> findings) {}

  /**
   * Verifies a round, or all of them. Takes as long as their training took to merge, and more.
   *
   * @param round empty: all
   * @throws Exception when it cannot be verified; says why and the way out
   */
  Verdict verify(Place place, String contract, OptionalLong round, Consumer<String> progress)
      throws Exception;

  /**
   * Writes the proven model of a round to a safetensors file that does not exist.
   *
   * @param round empty: the newest that is anchored
   * @throws IOException when the file cannot be written
   * @throws Exception when the model cannot be proven; says why and the way out
   */
  void export(Place place, String contract, OptionalLong round, Path to) throws Exception;
}
