package io.swarmstream.network.folder;

import io.swarmstream.clients.chain.ChainOptions;
import io.swarmstream.schemas.files.PrivateFiles;
import io.swarmstream.schemas.files.TextFile;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a network node runs and where its swarm is: the file {@code network.properties}.
 *
 * @param name of the member that runs the node
 * @param host name or address under which members reach the node
 * @param port of the API
 * @param p2pPort of the Ethereum node
 * @param kafka bootstrap servers that this organisation runs; null: none
 * @param chainUrl JSON-RPC address of an Ethereum node; null: this node runs its own
 * @param otherNodes URLs of the API of other network nodes that were known at the last start
 * @param contracts addresses of the smart contracts
 */
public record NodeSettings(
    String organisation,
    String name,
    String host,
    int port,
    int p2pPort,
    @Nullable String kafka,
    @Nullable String chainUrl,
    List<String> otherNodes,
    Contracts contracts) {
  private static final String FILE = "network.properties";

  /**
   * Addresses of the smart contracts.
   *
   * @param startBlock block in which they were deployed
   * @param taskBoard null: the swarm was set up by a version that had none
   */
  public record Contracts(
      String trainingContracts,
      String roundAnchors,
      String swarmMembers,
      long startBlock,
      @Nullable String taskBoard) {
    /** Those of deployed contracts. */
    public static Contracts of(ChainOptions deployed) {
      return new Contracts(
          deployed.trainingContracts(),
          deployed.roundAnchors(),
          Optional.ofNullable(deployed.swarmMembers()).orElseThrow(),
          deployed.startBlock(),
          deployed.taskBoard());
    }

    /** Options of a client that reaches the chain at this address. */
    public ChainOptions at(String rpcUrls) {
      return ChainOptions.of(rpcUrls, trainingContracts, roundAnchors)
          .withMembers(swarmMembers)
          .withTaskBoard(taskBoard)
          .withStartBlock(startBlock);
    }
  }

  /** URL of this node's API. */
  public String url() {
    return "https://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  /** JSON-RPC addresses: this node's, then those of others. */
  public String rpcUrls() {
    return String.join(
        ",",
        Stream.concat(Stream.of(url()), otherNodes.stream())
            .distinct()
            .map(url -> url + "/rpc")
            .toList());
  }

  public NodeSettings withKafka(@Nullable String servers) {
    return new NodeSettings(
        organisation, name, host, port, p2pPort, servers, chainUrl, otherNodes, contracts);
  }

  public NodeSettings withOtherNodes(List<String> urls) {
    return new NodeSettings(
        organisation, name, host, port, p2pPort, kafka, chainUrl, List.copyOf(urls), contracts);
  }

  /** Those of a swarm that has got a task board. */
  public NodeSettings withTaskBoard(String address) {
    Contracts with =
        new Contracts(
            contracts.trainingContracts(),
            contracts.roundAnchors(),
            contracts.swarmMembers(),
            contracts.startBlock(),
            address);
    return new NodeSettings(
        organisation, name, host, port, p2pPort, kafka, chainUrl, otherNodes, with);
  }

  /** Reads the settings of a folder; empty: no node has been set up there. */
  static Optional<NodeSettings> in(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Properties said = TextFile.properties(file);
    return Optional.of(
        new NodeSettings(
            required(said, "organisation", file),
            required(said, "name", file),
            required(said, "host", file),
            number(said, "port", file),
            number(said, "p2p-port", file),
            said.getProperty("kafka"),
            said.getProperty("chain"),
            Stream.of(said.getProperty("network-nodes", "").split(","))
                .filter(url -> !url.isBlank())
                .toList(),
            new Contracts(
                required(said, "training-contracts", file),
                required(said, "round-anchors", file),
                required(said, "swarm-members", file),
                number(said, "start-block", file),
                said.getProperty("task-board"))));
  }

  void writeTo(Path folder) throws IOException {
    Properties said = new Properties();
    said.setProperty("organisation", organisation);
    said.setProperty("name", name);
    said.setProperty("host", host);
    said.setProperty("port", Integer.toString(port));
    said.setProperty("p2p-port", Integer.toString(p2pPort));
    if (kafka != null) {
      said.setProperty("kafka", kafka);
    }
    if (chainUrl != null) {
      said.setProperty("chain", chainUrl);
    }
    said.setProperty("network-nodes", String.join(",", otherNodes));
    said.setProperty("training-contracts", contracts.trainingContracts());
    said.setProperty("round-anchors", contracts.roundAnchors());
    said.setProperty("swarm-members", contracts.swarmMembers());
    said.setProperty("start-block", Long.toString(contracts.startBlock()));
    if (contracts.taskBoard() != null) {
      said.setProperty("task-board", contracts.taskBoard());
    }
    StringWriter text = new StringWriter();
    said.store(text, "A network node; to change a value, stop the node first");
    PrivateFiles.write(folder.resolve(FILE), text.toString());
  }

  private static String required(Properties said, String key, Path file) {
    String value = said.getProperty(key);
    if (value == null || value.isBlank()) {
      throw new IllegalStateException(
          file + " has no '" + key + "'; restore the file, or set up a node in another folder");
    }
    return value.strip();
  }

  private static int number(Properties said, String key, Path file) {
    String value = required(said, key, file);
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new IllegalStateException(file + ": " + key + " is " + value + ", not a number", e);
    }
  }
}
