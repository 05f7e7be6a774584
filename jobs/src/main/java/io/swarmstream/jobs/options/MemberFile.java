package io.swarmstream.jobs.options;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.chain.ChainOptions;
import io.swarmstream.clients.chain.Member;
import io.swarmstream.clients.chain.NodeRecord;
import io.swarmstream.schemas.files.TextFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files that say where a swarm is: {@code swarm.properties} of a swarm on this machine, {@code
 * site.properties} of a member site, {@code network.properties} of a network node. All are read as
 * if they were the first.
 */
final class MemberFile {
  private static final String SITE = "site.properties";
  private static final String NETWORK = "network.properties";
  private static final List<String> NAMES = List.of(SwarmProperties.FILE, SITE, NETWORK);

  /** Kind of the record by which an organisation announces its Kafka. */
  private static final String KAFKA = "kafka";

  private MemberFile() {}

  /** The file that a path names: itself, or the one in a folder. */
  static Path of(Path place) {
    if (!Files.isDirectory(place)) {
      return place;
    }
    return NAMES.stream()
        .map(place::resolve)
        .filter(Files::isRegularFile)
        .findFirst()
        .orElse(place.resolve(SwarmProperties.FILE));
  }

  /** Whether the folder of a file is the swarm's, with its drafts and keys. */
  static boolean hasFolder(Path file) {
    return NAMES.stream().anyMatch(file::endsWith);
  }

  /** Whether its addresses may lack Kafka, which the chain knows. */
  static boolean isMembers(Path file) {
    return file.endsWith(SITE) || file.endsWith(NETWORK);
  }

  static Properties read(Path file) throws IOException {
    Properties said = TextFile.properties(file);
    return file.endsWith(NETWORK) ? ofNetworkNode(said) : said;
  }

  /** A node's own programs reach the chain as other members do: through network nodes. */
  private static Properties ofNetworkNode(Properties node) {
    Properties said = new Properties();
    said.putAll(node);
    String host = node.getProperty("host", "127.0.0.1");
    String own =
        "https://"
            + (host.contains(":") ? "[" + host + "]" : host)
            + ":"
            + node.getProperty("port", "30304");
    said.setProperty(
        "chain",
        Stream.concat(Stream.of(own), Stream.of(node.getProperty("network-nodes", "").split(",")))
            .filter(url -> !url.isBlank())
            .distinct()
            .map(url -> url.strip() + "/rpc")
            .collect(Collectors.joining(",")));
    said.setProperty("identity", "identity");
    said.setProperty("chain-start-block", node.getProperty("start-block", "0"));
    return said;
  }

  /** The brokers that a member has announced on the chain. */
  static Optional<String> announcedKafka(ChainOptions chain) {
    try (ChainClient client = ChainClient.reading(chain)) {
      Set<String> active =
          client.members().all().stream()
              .filter(Member::isActive)
              .map(Member::account)
              .collect(Collectors.toSet());
      return client.members().nodes().stream()
          .filter(node -> node.kind().equals(KAFKA) && active.contains(node.account()))
          .map(NodeRecord::url)
          .findFirst();
    }
  }
}
