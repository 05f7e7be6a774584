package io.swarmstream.jobs.options;

import io.swarmstream.clients.chain.ChainOptions;
import io.swarmstream.clients.kafka.KafkaEndpoint;
import io.swarmstream.schemas.files.PrivateFiles;
import io.swarmstream.schemas.files.TextFile;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * How to reach a swarm: the file {@code swarm.properties} in the swarm's folder. Its keys are the
 * names of {@link ConnectionOptions} without their dashes.
 *
 * @param kafka bootstrap servers
 * @param chain JSON-RPC address of the Ethereum node, several with commas
 * @param trainingContracts address of the smart contract
 * @param roundAnchors address of the smart contract
 * @param swarmMembers address of the smart contract; null: the swarm has no members
 * @param identity folder with key.pem, cert.pem and ca.pem, by which clients on this machine are
 *     known to Kafka and to network nodes; null: the swarm asks nobody who he is
 */
public record SwarmProperties(
    String kafka,
    String chain,
    String trainingContracts,
    String roundAnchors,
    @Nullable String swarmMembers,
    @Nullable Path identity) {
  /** Name of the file. */
  public static final String FILE = "swarm.properties";

  /** A swarm without members. */
  public SwarmProperties(
      String kafka, String chain, String trainingContracts, String roundAnchors) {
    this(kafka, chain, trainingContracts, roundAnchors, null, null);
  }

  /** The same swarm for a client with another identity. */
  public SwarmProperties withIdentity(Path folder) {
    return new SwarmProperties(kafka, chain, trainingContracts, roundAnchors, swarmMembers, folder);
  }

  /**
   * Reads the file of a folder.
   *
   * @throws IllegalStateException when there is none: no cluster has been started there
   */
  public static SwarmProperties in(Path folder) {
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      throw new IllegalStateException(
          "no swarm in " + folder + "; start one with './swarm cluster up'");
    }
    Properties properties;
    try {
      properties = TextFile.properties(file);
    } catch (IOException e) {
      throw new IllegalStateException("cannot read " + file, e);
    }
    return new SwarmProperties(
        required(properties, "kafka", file),
        required(properties, "chain", file),
        required(properties, "training-contracts", file),
        required(properties, "round-anchors", file),
        optional(properties, "swarm-members"),
        identity(properties, file));
  }

  /** The identity's folder; may be relative to the file. */
  static @Nullable Path identity(Properties properties, Path file) {
    String folder = optional(properties, "identity");
    return folder == null ? null : file.toAbsolutePath().resolveSibling(folder);
  }

  /** Writes the file. */
  public void writeTo(Path folder) throws IOException {
    Properties properties = new Properties();
    properties.setProperty("kafka", kafka);
    properties.setProperty("chain", chain);
    properties.setProperty("training-contracts", trainingContracts);
    properties.setProperty("round-anchors", roundAnchors);
    if (swarmMembers != null) {
      properties.setProperty("swarm-members", swarmMembers);
    }
    if (identity != null) {
      properties.setProperty("identity", identity.toString());
    }
    StringWriter text = new StringWriter();
    properties.store(text, "How to reach this swarm");
    PrivateFiles.write(folder.resolve(FILE), text.toString());
  }

  public KafkaEndpoint kafkaEndpoint() {
    return identity == null ? KafkaEndpoint.of(kafka) : KafkaEndpoint.secured(kafka, identity);
  }

  public ChainOptions chainOptions() {
    ChainOptions options = ChainOptions.of(chain, trainingContracts, roundAnchors);
    if (swarmMembers != null) {
      options = options.withMembers(swarmMembers);
    }
    return identity == null ? options : options.withTls(identity);
  }

  private static @Nullable String optional(Properties properties, String key) {
    String value = properties.getProperty(key);
    return value == null || value.isBlank() ? null : value.strip();
  }

  private static String required(Properties properties, String key, Path file) {
    String value = properties.getProperty(key);
    if (value == null || value.isBlank()) {
      throw new IllegalStateException(
          file + " has no '" + key + "'; stop the cluster, delete its folder and start it again");
    }
    return value.strip();
  }
}
