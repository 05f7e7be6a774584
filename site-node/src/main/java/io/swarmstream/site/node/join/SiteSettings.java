package io.swarmstream.site.node.join;

import io.swarmstream.clients.chain.ChainOptions;
import io.swarmstream.clients.network.SwarmAddresses;
import io.swarmstream.schemas.files.PrivateFiles;
import io.swarmstream.schemas.files.TextFile;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who a site is and where its swarm is: the file {@code site.properties}. Its addresses have the
 * names that they have in {@code swarm.properties}.
 *
 * @param name of the member
 * @param networkNodes URLs of the API
 * @param isCertified whether network nodes issue its certificates; false: it brings its own
 * @param kafka bootstrap servers; null: no organisation had announced them yet
 * @param taskBoard null: the swarm was set up by a version that had none
 */
public record SiteSettings(
    String name,
    String organisation,
    boolean isCertified,
    List<String> networkNodes,
    @Nullable String kafka,
    String trainingContracts,
    String roundAnchors,
    String swarmMembers,
    long startBlock,
    @Nullable String taskBoard) {
  /** Name of the file. */
  public static final String FILE = "site.properties";

  private static final String OWN = "own";

  /** Bounds what an old site remembers. */
  private static final int MOST_NODES = 20;

  static SiteSettings of(
      String name, String organisation, boolean isCertified, SwarmAddresses swarm) {
    return new SiteSettings(
        name,
        organisation,
        isCertified,
        List.copyOf(swarm.networkNodes()),
        swarm.kafka(),
        swarm.trainingContracts(),
        swarm.roundAnchors(),
        swarm.swarmMembers(),
        swarm.startBlock(),
        swarm.taskBoard());
  }

  /**
   * The same site with what a network node says now. Nodes that are not announced at present stay
   * known, last.
   */
  SiteSettings with(SwarmAddresses swarm) {
    List<String> nodes =
        Stream.concat(swarm.networkNodes().stream(), networkNodes.stream())
            .distinct()
            .limit(MOST_NODES)
            .toList();
    return new SiteSettings(
        name,
        organisation,
        isCertified,
        nodes,
        swarm.kafka() == null ? kafka : swarm.kafka(),
        trainingContracts,
        roundAnchors,
        swarmMembers,
        startBlock,
        taskBoard == null ? swarm.taskBoard() : taskBoard);
  }

  /**
   * Bootstrap servers.
   *
   * @throws IllegalStateException when no organisation had announced them
   */
  public String requiredKafka() {
    if (kafka == null) {
      throw new IllegalStateException("no organisation of the swarm has announced a Kafka yet");
    }
    return kafka;
  }

  public List<URI> nodeUrls() {
    return networkNodes.stream().map(URI::create).toList();
  }

  /** JSON-RPC addresses of the chain: those of all network nodes. */
  public String rpcUrls() {
    return networkNodes.stream().map(url -> url + "/rpc").collect(Collectors.joining(","));
  }

  /** How the site reaches the chain with the identity of a folder. */
  public ChainOptions chainOptions(Path identity) {
    return ChainOptions.of(rpcUrls(), trainingContracts, roundAnchors)
        .withMembers(swarmMembers)
        .withTaskBoard(taskBoard)
        .withStartBlock(startBlock)
        .withTls(identity);
  }

  static Optional<SiteSettings> in(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Properties said = TextFile.properties(file);
    return Optional.of(
        new SiteSettings(
            required(said, "name", file),
            required(said, "organisation", file),
            !OWN.equals(said.getProperty("certificate")),
            Stream.of(required(said, "network-nodes", file).split(",")).map(String::strip).toList(),
            said.getProperty("kafka"),
            required(said, "training-contracts", file),
            required(said, "round-anchors", file),
            required(said, "swarm-members", file),
            Long.parseLong(required(said, "chain-start-block", file)),
            said.getProperty("task-board")));
  }

  void writeTo(Path folder) throws IOException {
    Properties said = new Properties();
    said.setProperty("name", name);
    said.setProperty("organisation", organisation);
    said.setProperty("certificate", isCertified ? "issued" : OWN);
    said.setProperty("network-nodes", String.join(",", networkNodes));
    if (kafka != null) {
      said.setProperty("kafka", kafka);
    }
    said.setProperty("chain", rpcUrls());
    said.setProperty("training-contracts", trainingContracts);
    said.setProperty("round-anchors", roundAnchors);
    said.setProperty("swarm-members", swarmMembers);
    said.setProperty("chain-start-block", Long.toString(startBlock));
    if (taskBoard != null) {
      said.setProperty("task-board", taskBoard);
    }
    said.setProperty("identity", SiteFolder.IDENTITY);
    StringWriter text = new StringWriter();
    said.store(text, "A member site; the site node keeps the addresses up to date");
    PrivateFiles.write(folder.resolve(FILE), text.toString());
  }

  private static String required(Properties said, String key, Path file) {
    String value = said.getProperty(key);
    if (value == null || value.isBlank()) {
      throw new IllegalStateException(
          file + " has no '" + key + "'; restore the file, or join again with a new invitation");
    }
    return value.strip();
  }
}
