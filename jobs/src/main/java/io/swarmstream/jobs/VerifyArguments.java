package io.swarmstream.jobs;

import io.swarmstream.clients.chain.ChainOptions;
import io.swarmstream.clients.kafka.ClientProperties;
import io.swarmstream.clients.kafka.KafkaEndpoint;
import io.swarmstream.verification.VerifyOptions;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options of a verification that do not depend on where it runs. */
public final class VerifyArguments {
  @Option(
      names = "--contract",
      required = true,
      paramLabel = "NAME",
      description = "The training contract to verify.")
  private String contract = "";

  @ArgGroup(multiplicity = "1")
  private Rounds rounds = new Rounds();

  /** Which rounds; exactly one of the two. */
  static final class Rounds {
    @Option(
        names = "--round",
        required = true,
        paramLabel = "R",
        description = "Verify this round.")
    private @Nullable Long round;

    @Option(names = "--all", required = true, description = "Verify every round.")
    @SuppressWarnings("UnusedVariable") // its absence is what counts
    private boolean all;
  }

  @Option(
      names = "--kafka",
      paramLabel = "HOST:PORT",
      description = "Kafka brokers, several with commas.")
  private @Nullable String kafka;

  @Option(
      names = "--kafka-property",
      paramLabel = "KEY=VALUE",
      description =
          "A further property of every Kafka client; may be given several times. No passwords: they belong into the"
              + " file of --kafka-config.")
  private Map<String, String> kafkaProperties = Map.of();

  @Option(
      names = "--kafka-config",
      paramLabel = "FILE",
      description = "A properties file for every Kafka client, for instance of TLS.")
  private @Nullable Path kafkaConfig;

  @Option(
      names = "--chain",
      paramLabel = "URL",
      description = "JSON-RPC endpoint of an Ethereum node.")
  private @Nullable String chain;

  @Option(
      names = "--training-contracts",
      paramLabel = "ADDRESS",
      description = "Where the smart contract TrainingContracts is.")
  private @Nullable String trainingContracts;

  @Option(
      names = "--round-anchors",
      paramLabel = "ADDRESS",
      description = "Where the smart contract RoundAnchors is.")
  private @Nullable String roundAnchors;

  @Option(
      names = "--chain-start-block",
      defaultValue = "0",
      paramLabel = "N",
      description =
          "Block to read enrolments from, at latest the one of the smart contracts' deployment; default ${DEFAULT-VALUE}.")
  private long startBlock;

  /** Whether everything that says where Kafka and the chain are is given. */
  public boolean isConnected() {
    return kafka != null && chain != null && trainingContracts != null && roundAnchors != null;
  }

  /**
   * Checks the options.
   *
   * @param defaults by name of the option without its dashes: what holds where it is not given
   * @throws IllegalArgumentException naming what is missing or wrong
   */
  public VerifyOptions options(Map<String, String> defaults) {
    return new VerifyOptions(
        contract,
        rounds.round == null ? OptionalLong.empty() : OptionalLong.of(rounds.round),
        new KafkaEndpoint(
            given("kafka", kafka, defaults), ClientProperties.of(kafkaConfig, kafkaProperties)),
        ChainOptions.of(
                given("chain", chain, defaults),
                given("training-contracts", trainingContracts, defaults),
                given("round-anchors", roundAnchors, defaults))
            .withStartBlock(startBlock),
        VerifyOptions.DEFAULT_PATIENCE);
  }

  private static String given(String name, @Nullable String value, Map<String, String> defaults) {
    String found = value == null ? defaults.get(name) : value;
    if (found == null) {
      throw new IllegalArgumentException(
          "--"
              + name
              + " is missing; give --kafka, --chain, --training-contracts and --round-anchors");
    }
    return found;
  }
}
