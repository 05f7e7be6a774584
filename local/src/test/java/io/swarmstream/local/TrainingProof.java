package io.swarmstream.local;

import io.swarmstream.clients.chain.ChainOptions;
import io.swarmstream.clients.kafka.KafkaEndpoint;
import io.swarmstream.embedded.EmbeddedKafka;
import io.swarmstream.local.DishonestKafka.Logged;
import io.swarmstream.verification.Progress;
import io.swarmstream.verification.Verification;
import io.swarmstream.verification.Verifier;
import io.swarmstream.verification.VerifyJob;
import io.swarmstream.verification.VerifyOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Replays a training as {@code swarm verify} does, with two tasks in this process. */
final class TrainingProof {
  private TrainingProof() {}

  /**
   * Verifies a training.
   *
   * @param round empty: all rounds
   * @param folder for the job's state
   */
  static Verification of(
      String contract, OptionalLong round, KafkaEndpoint kafka, ChainOptions chain, Path folder)
      throws Exception {
    return new Verifier(
            new VerifyOptions(contract, round, kafka, chain, Sites.DEADLINE),
            VerifyJob.inThisProcess(OptionalInt.of(2), folder),
            Progress.none())
        .run();
  }

  /** Verifies all rounds of a contract by what another broker says of them. */
  static Verification ofLie(
      String contract, List<Logged> truth, List<Logged> lie, ChainOptions chain, Path folder)
      throws Exception {
    try (EmbeddedKafka broker = EmbeddedKafka.start();
        DishonestKafka kafka = DishonestKafka.serve(broker, contract, truth, all -> lie)) {
      return of(contract, OptionalLong.empty(), kafka.endpoint(), chain, folder);
    }
  }
}
