package io.swarmstream.network.folder;

import io.swarmstream.clients.chain.ChainOptions;
import io.swarmstream.identity.IdentityFolder;
import io.swarmstream.network.chain.GethFolder;
import io.swarmstream.schemas.files.PrivateFiles;
import io.swarmstream.schemas.signing.SiteKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The folder of a network node, which only its user can access. */
public final class NetworkFolder {
  private static final String TRUSTING = "trusting-folders";

  private final Path path;

  private NetworkFolder(Path path) {
    this.path = path;
  }

  /** Opens a folder; creates it if it does not exist. */
  public static NetworkFolder open(Path folder) throws IOException {
    return new NetworkFolder(PrivateFiles.closedFolder(folder.toAbsolutePath()));
  }

  /**
   * Opens the folder of a node that has been set up.
   *
   * @throws IllegalStateException when none has been set up there
   */
  public static NetworkFolder existing(Path folder) throws IOException {
    NetworkFolder found = new NetworkFolder(folder.toAbsolutePath());
    var unused = found.requiredSettings();
    return found;
  }

  public Path path() {
    return path;
  }

  /** The member's Ethereum account; created if there is none. */
  public SiteKey account() throws IOException {
    return AccountFiles.in(path);
  }

  /** Key, certificate and trusted authorities of the node. */
  public IdentityFolder identity() {
    return IdentityFolder.at(path.resolve("identity"));
  }

  /** Where the organisation's own authority is, if it has one. */
  public Path authority() {
    return path.resolve("authority");
  }

  /**
   * Identities of other programs of this organisation on this machine, such as its Kafka, whose
   * authorities follow this node's. Their paths are the lines of the file {@code trusting-folders}.
   */
  public List<IdentityFolder> trusting() throws IOException {
    Path list = path.resolve(TRUSTING);
    if (!Files.exists(list)) {
      return List.of();
    }
    return Files.readAllLines(list).stream()
        .filter(line -> !line.isBlank())
        .map(line -> IdentityFolder.at(Path.of(line.strip())))
        .filter(IdentityFolder::exists)
        .toList();
  }

  /** Names the identities whose authorities follow this node's. */
  public void setTrusting(List<Path> identities) throws IOException {
    PrivateFiles.write(
        path.resolve(TRUSTING),
        identities.stream().map(Path::toString).collect(Collectors.joining("\n", "", "\n")));
  }

  /** The node's own Ethereum node. */
  public GethFolder chain() throws IOException {
    return GethFolder.open(path.resolve("chain"));
  }

  /** How the node runs; empty: none has been set up here. */
  public Optional<NodeSettings> settings() throws IOException {
    return NodeSettings.in(path);
  }

  /** How the node runs. */
  public NodeSettings requiredSettings() throws IOException {
    return settings()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "no network node has been set up in "
                        + path
                        + "; 'swarm network start --sentinel' or '--join FILE' does it"));
  }

  public void save(NodeSettings settings) throws IOException {
    settings.writeTo(path);
  }

  /** How programs of this folder's member reach the chain: through network nodes, over TLS. */
  public ChainOptions chainOptions() throws IOException {
    NodeSettings settings = requiredSettings();
    return settings.contracts().at(settings.rpcUrls()).withTls(identity().path());
  }
}
