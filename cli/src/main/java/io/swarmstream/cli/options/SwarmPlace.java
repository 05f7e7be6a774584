package io.swarmstream.cli.options;

import io.swarmstream.clients.chain.ChainOptions;
import io.swarmstream.clients.kafka.ClientProperties;
import io.swarmstream.clients.kafka.KafkaEndpoint;
import io.swarmstream.local.processes.ContractRule;
import io.swarmstream.local.processes.OwnerFiles;
import io.swarmstream.local.processes.SwarmProperties;
import io.swarmstream.site.node.contract.ContractOwner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say where a swarm is: a folder with its properties, or address by address. */
public final class SwarmPlace {
  @Option(
      names = "--swarm",
      paramLabel = "FOLDER",
      description =
          "A swarm's folder, with swarm.properties. Default: that of a local swarm that is running,"
              + " .swarm/up or .swarm/cluster.")
  private @Nullable Path swarm;

  @Option(
      names = "--kafka",
      paramLabel = "HOST:PORT",
      description = "Kafka's bootstrap servers, instead of the folder's.")
  private @Nullable String kafka;

  @Option(
      names = "--kafka-config",
      paramLabel = "FILE",
      description = "Further properties of Kafka's clients, such as those of TLS.")
  private @Nullable Path kafkaConfig;

  @Option(
      names = "--chain",
      paramLabel = "URL",
      description = "JSON-RPC address of an Ethereum node, instead of the folder's.")
  private @Nullable String chain;

  @Option(
      names = "--training-contracts",
      paramLabel = "ADDRESS",
      description = "The smart contract TrainingContracts, instead of the folder's.")
  private @Nullable String trainingContracts;

  @Option(
      names = "--round-anchors",
      paramLabel = "ADDRESS",
      description = "The smart contract RoundAnchors, instead of the folder's.")
  private @Nullable String roundAnchors;

  /**
   * Where a swarm is, and who may create contracts in it.
   *
   * @param isFolders whether all addresses are the folder's own: an address given by hand may be
   *     that of another swarm, with which the folder's drafts and keys have nothing to do
   */
  public record Found(
      Path folder,
      boolean isFolders,
      KafkaEndpoint kafka,
      ChainOptions chain,
      Optional<ContractOwner> owner) {}

  /**
   * Finds the swarm.
   *
   * @throws IllegalArgumentException naming the option that is missing
   */
  public Found find() throws IOException {
    Path folder = folder();
    SwarmProperties known =
        Files.exists(folder.resolve(SwarmProperties.FILE)) ? SwarmProperties.in(folder) : null;
    KafkaEndpoint kafkaEndpoint =
        new KafkaEndpoint(
            given("--kafka", kafka, known == null ? null : known.kafka()),
            ClientProperties.of(kafkaConfig, Map.of()));
    ChainOptions chainOptions =
        ChainOptions.of(
            given("--chain", chain, known == null ? null : known.chain()),
            given(
                "--training-contracts",
                trainingContracts,
                known == null ? null : known.trainingContracts()),
            given("--round-anchors", roundAnchors, known == null ? null : known.roundAnchors()));
    boolean isFolders =
        kafka == null && chain == null && trainingContracts == null && roundAnchors == null;
    return new Found(
        folder,
        isFolders,
        kafkaEndpoint,
        chainOptions,
        isFolders ? owner(folder, kafkaEndpoint, chainOptions) : Optional.empty());
  }

  private static Optional<ContractOwner> owner(
      Path folder, KafkaEndpoint endpoint, ChainOptions options) throws IOException {
    if (!OwnerFiles.areIn(folder)) {
      return Optional.empty();
    }
    OwnerFiles files = OwnerFiles.in(folder);
    return Optional.of(
        new ContractOwner(
            folder, endpoint, options, files.owner(), files.coordinator(), ContractRule::check));
  }

  private Path folder() {
    if (swarm != null) {
      if (!Files.isRegularFile(swarm.resolve(SwarmProperties.FILE))) {
        throw new IllegalArgumentException(
            "--swarm must name a folder with " + SwarmProperties.FILE + ", got " + swarm);
      }
      return swarm;
    }
    return SwarmFolders.running();
  }

  private static String given(String option, @Nullable String given, @Nullable String known) {
    if (given != null) {
      return given;
    }
    if (known == null) {
      throw new IllegalArgumentException(
          option + " is missing, and no local swarm is running; start one with './swarm up'");
    }
    return known;
  }
}
