package io.swarmstream.local.processes;

import io.swarmstream.clients.chain.ChainOptions;
import io.swarmstream.clients.kafka.KafkaEndpoint;
import io.swarmstream.schemas.files.PrivateFiles;
import io.swarmstream.schemas.files.TextFile;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * How to reach a swarm: the file {@code swarm.properties} of a cluster's folder.
 *
 * @param kafka bootstrap servers
 * @param chain JSON-RPC address of the Ethereum node
 * @param trainingContracts address of the smart contract
 * @param roundAnchors address of the smart contract
 */
public record SwarmProperties(
    String kafka, String chain, String trainingContracts, String roundAnchors) {
  /** Name of the file. */
  public static final String FILE = "swarm.properties";

  /**
   * Reads a cluster's file.
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
        required(properties, "round-anchors", file));
  }

  /** Writes the file. */
  public void writeTo(Path folder) throws IOException {
    Properties properties = new Properties();
    properties.setProperty("kafka", kafka);
    properties.setProperty("chain", chain);
    properties.setProperty("training-contracts", trainingContracts);
    properties.setProperty("round-anchors", roundAnchors);
    StringWriter text = new StringWriter();
    properties.store(text, "How to reach this swarm");
    PrivateFiles.write(folder.resolve(FILE), text.toString());
  }

  public KafkaEndpoint kafkaEndpoint() {
    return KafkaEndpoint.of(kafka);
  }

  public ChainOptions chainOptions() {
    return ChainOptions.of(chain, trainingContracts, roundAnchors);
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
