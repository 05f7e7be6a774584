package io.swarmstream.jobs.options;

import io.swarmstream.clients.chain.ChainOptions;
import io.swarmstream.clients.kafka.KafkaEndpoint;
import io.swarmstream.schemas.files.PrivateFiles;
import io.swarmstream.schemas.files.TextFile;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * How to reach a swarm: the file {@code swarm.properties} in the swarm's folder. Its keys are the
 * names of {@link ConnectionOptions} without their dashes.
 *
 * @param kafka bootstrap servers
 * @param chain JSON-RPC address of the Ethereum node
 * @param trainingContracts address of the smart contract
 * @param roundAnchors address of the smart contract
 * @param secured how clients authenticate; empty: the swarm asks nobody who he is
 */
public record SwarmProperties(
    String kafka,
    String chain,
    String trainingContracts,
    String roundAnchors,
    Optional<Secured> secured) {
  /** Name of the file. */
  public static final String FILE = "swarm.properties";

  /**
   * What a client of a swarm with members needs as well.
   *
   * @param swarmMembers address of the smart contract
   * @param identity folder with key.pem, cert.pem and ca.pem
   */
  public record Secured(String swarmMembers, Path identity) {}

  /** How to reach a swarm without members. */
  public SwarmProperties(
      String kafka, String chain, String trainingContracts, String roundAnchors) {
    this(kafka, chain, trainingContracts, roundAnchors, Optional.empty());
  }

  /** The file that a path names: itself, or the one in a folder. */
  static Path fileOf(Path place) {
    return Files.isDirectory(place) ? place.resolve(FILE) : place;
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
        properties.containsKey("identity")
            ? Optional.of(
                new Secured(
                    required(properties, "swarm-members", file),
                    folder.resolve(required(properties, "identity", file))))
            : Optional.empty());
  }

  /** Writes the file. */
  public void writeTo(Path folder) throws IOException {
    Properties properties = new Properties();
    properties.setProperty("kafka", kafka);
    properties.setProperty("chain", chain);
    properties.setProperty("training-contracts", trainingContracts);
    properties.setProperty("round-anchors", roundAnchors);
    secured.ifPresent(
        how -> {
          properties.setProperty("swarm-members", how.swarmMembers());
          properties.setProperty("identity", how.identity().toString());
        });
    StringWriter text = new StringWriter();
    properties.store(text, "How to reach this swarm");
    PrivateFiles.write(folder.resolve(FILE), text.toString());
  }

  public KafkaEndpoint kafkaEndpoint() {
    return secured
        .map(how -> KafkaEndpoint.secured(kafka, how.identity()))
        .orElseGet(() -> KafkaEndpoint.of(kafka));
  }

  public ChainOptions chainOptions() {
    ChainOptions options = ChainOptions.of(chain, trainingContracts, roundAnchors);
    return secured
        .map(how -> options.withMembers(how.swarmMembers()).withTls(how.identity()))
        .orElse(options);
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
