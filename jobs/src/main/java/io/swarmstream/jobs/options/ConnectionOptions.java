package io.swarmstream.jobs.options;

import io.swarmstream.clients.chain.ChainOptions;
import io.swarmstream.clients.kafka.ClientProperties;
import io.swarmstream.clients.kafka.KafkaEndpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The options that specify how to reach a swarm; they mean the same in every command and in the
 * jobs. A single address overrides that of {@code --swarm}.
 */
public final class ConnectionOptions {
  @Option(
      names = "--swarm",
      paramLabel = "PATH",
      description =
          "A swarm's folder, a network node's or a member site's, or the file with the addresses there: has the"
              + " addresses that are not given one by one.")
  private @Nullable Path swarm;

  @Option(
      names = "--kafka",
      paramLabel = "HOST:PORT",
      description = "Kafka brokers, several with commas.")
  private @Nullable String kafka;

  @Option(
      names = "--kafka-config",
      paramLabel = "FILE",
      description =
          "A properties file for every Kafka client, such as those of TLS and passwords; read where this command runs.")
  private @Nullable Path kafkaConfig;

  @Option(
      names = "--kafka-property",
      paramLabel = "KEY=VALUE",
      description =
          "One property of every Kafka client, which overrules --kafka-config; may be given several times. Secrets are"
              + " refused: write them into the file of --kafka-config.")
  private Map<String, String> kafkaProperties = Map.of();

  @Option(
      names = "--chain",
      paramLabel = "URL",
      description =
          "JSON-RPC address of an Ethereum node, several with commas: the next one is asked when one does not answer.")
  private @Nullable String chain;

  @Option(
      names = "--training-contracts",
      paramLabel = "ADDRESS",
      description = "Address of the smart contract TrainingContracts.")
  private @Nullable String trainingContracts;

  @Option(
      names = "--round-anchors",
      paramLabel = "ADDRESS",
      description = "Address of the smart contract RoundAnchors.")
  private @Nullable String roundAnchors;

  @Option(
      names = "--swarm-members",
      paramLabel = "ADDRESS",
      description =
          "Address of the smart contract SwarmMembers; without it the swarm has no members, and accounts alone count.")
  private @Nullable String swarmMembers;

  @Option(
      names = "--identity",
      paramLabel = "FOLDER",
      description =
          "Folder with key.pem, cert.pem and ca.pem: the identity to connect to Kafka and to network nodes with; a path"
              + " on every machine that connects, read again there when it changes.")
  private @Nullable Path identity;

  @Option(
      names = "--chain-start-block",
      defaultValue = "0",
      paramLabel = "N",
      description =
          "First block to read contract events from: that of the smart contracts' deployment, or an earlier one;"
              + " default ${DEFAULT-VALUE}.")
  private long startBlock;

  /**
   * How to reach a swarm.
   *
   * @param folder the swarm's folder; empty when an address was given explicitly, because the
   *     address may belong to another swarm, to which the folder's drafts and keys do not apply
   */
  public record Connection(
      Optional<Path> folder, Supplier<KafkaEndpoint> brokers, ChainOptions chain) {
    /**
     * Kafka, which the folder of a member may not name: the chain is asked then.
     *
     * @throws IllegalArgumentException when no organisation has announced one
     */
    public KafkaEndpoint kafka() {
      return brokers.get();
    }
  }

  /**
   * Combines the given options.
   *
   * @param localSwarm folder to use when {@code --swarm} is not given, if a swarm is running there;
   *     empty: none
   * @throws IllegalArgumentException naming what is missing or wrong
   */
  public Connection connection(Optional<Path> localSwarm) {
    Optional<Path> file = file(localSwarm);
    Properties known = file.map(ConnectionOptions::read).orElseGet(Properties::new);
    Path own =
        identity != null
            ? identity.toAbsolutePath()
            : file.map(found -> SwarmProperties.identity(known, found)).orElse(null);
    boolean isAnnounced =
        file.filter(MemberFile::isMembers).isPresent() && optional("kafka", kafka, known).isEmpty();
    String brokers = isAnnounced ? "" : given("kafka", kafka, known, file, localSwarm);
    Map<String, String> clients = ClientProperties.of(kafkaConfig, kafkaProperties);
    ChainOptions options =
        ChainOptions.of(
                given("chain", chain, known, file, localSwarm),
                given("training-contracts", trainingContracts, known, file, localSwarm),
                given("round-anchors", roundAnchors, known, file, localSwarm))
            .withStartBlock(startBlock(known));
    Optional<String> members = optional("swarm-members", swarmMembers, known);
    if (members.isPresent()) {
      options = options.withMembers(members.get());
    }
    if (own != null) {
      options = options.withTls(own);
    }
    ChainOptions reached = options;
    Supplier<KafkaEndpoint> endpoint =
        isAnnounced
            ? () -> endpoint(announced(reached), own, clients)
            : fixed(endpoint(brokers, own, clients));
    boolean isAddressGiven =
        kafka != null
            || chain != null
            || trainingContracts != null
            || roundAnchors != null
            || swarmMembers != null;
    return new Connection(
        isAddressGiven ? Optional.empty() : file.flatMap(ConnectionOptions::folderOf),
        endpoint,
        options);
  }

  private static Supplier<KafkaEndpoint> fixed(KafkaEndpoint endpoint) {
    return () -> endpoint;
  }

  private static KafkaEndpoint endpoint(
      String brokers, @Nullable Path own, Map<String, String> clients) {
    return own == null
        ? new KafkaEndpoint(brokers, clients)
        : KafkaEndpoint.secured(brokers, own, clients);
  }

  private static String announced(ChainOptions chain) {
    return MemberFile.announcedKafka(chain)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no organisation of the swarm has announced a Kafka yet; give --kafka, or have"
                        + " one start its network node with it"));
  }

  private long startBlock(Properties known) {
    return startBlock > 0
        ? startBlock
        : Long.parseLong(known.getProperty("chain-start-block", "0").strip());
  }

  private Optional<Path> file(Optional<Path> localSwarm) {
    if (swarm == null) {
      return localSwarm.map(MemberFile::of).filter(Files::isRegularFile);
    }
    Path file = MemberFile.of(swarm);
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(
          "--swarm must name a folder with "
              + SwarmProperties.FILE
              + ", or that file, got "
              + swarm);
    }
    return Optional.of(file);
  }

  /** The folder of a file; empty for a file of another name, which has addresses but no folder. */
  private static Optional<Path> folderOf(Path file) {
    return MemberFile.hasFolder(file)
        ? Optional.ofNullable(file.toAbsolutePath().getParent())
        : Optional.empty();
  }

  private static Properties read(Path file) {
    try {
      return MemberFile.read(file);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "--swarm must name a file that can be read, but " + file + " cannot: " + e, e);
    }
  }

  private static Optional<String> optional(String name, @Nullable String value, Properties known) {
    return Optional.ofNullable(value == null ? known.getProperty(name) : value)
        .map(String::strip)
        .filter(found -> !found.isEmpty());
  }

  private static String given(
      String name,
      @Nullable String value,
      Properties known,
      Optional<Path> file,
      Optional<Path> localSwarm) {
    String found = value == null ? known.getProperty(name) : value;
    if (found != null && !found.isBlank()) {
      return found.strip();
    }
    String why =
        file.map(path -> ", and " + path + " has no '" + name + "'")
            .orElse(localSwarm.isPresent() ? ", and no local swarm is running" : "");
    throw new IllegalArgumentException(
        "--"
            + name
            + " is missing"
            + why
            + "; "
            + (file.isEmpty() && localSwarm.isPresent() ? "start one with './swarm up', or " : "")
            + "give --kafka, --chain, --training-contracts and --round-anchors, or --swarm");
  }
}
