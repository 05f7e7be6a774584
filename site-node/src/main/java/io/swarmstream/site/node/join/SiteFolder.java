package io.swarmstream.site.node.join;

import io.swarmstream.clients.chain.KeyFile;
import io.swarmstream.clients.network.NetworkClient;
import io.swarmstream.identity.IdentityFolder;
import io.swarmstream.identity.PendingKey;
import io.swarmstream.identity.ReloadingTls;
import io.swarmstream.schemas.files.PrivateFiles;
import io.swarmstream.schemas.signing.SiteKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The folder of a member site, which only its user can access. */
public final class SiteFolder {
  static final String IDENTITY = "identity";

  private final Path path;

  private SiteFolder(Path path) {
    this.path = path;
  }

  /** Opens a folder; creates it if it does not exist. */
  public static SiteFolder open(Path folder) throws IOException {
    return new SiteFolder(PrivateFiles.closedFolder(folder.toAbsolutePath()));
  }

  /**
   * Opens the folder of a site that has joined.
   *
   * @throws IllegalStateException when none has
   */
  public static SiteFolder existing(Path folder) throws IOException {
    SiteFolder found = new SiteFolder(folder.toAbsolutePath());
    var unused = found.requiredSettings();
    return found;
  }

  /** Where the folder of an agent has that of one of its sites. */
  public static Path ofAgent(Path agent, int site) {
    return agent.resolve("sites").resolve(Integer.toString(site));
  }

  public Path path() {
    return path;
  }

  /** Key, certificate and trusted authorities. */
  public IdentityFolder identity() {
    return IdentityFolder.at(path.resolve(IDENTITY));
  }

  public Optional<SiteSettings> settings() throws IOException {
    return SiteSettings.in(path);
  }

  /** Who the site is and where its swarm is. */
  public SiteSettings requiredSettings() throws IOException {
    return settings()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "no site has joined a swarm in "
                        + path
                        + "; 'swarm site join FILE' does it with an invitation"));
  }

  void save(SiteSettings settings) throws IOException {
    settings.writeTo(path);
  }

  /** A client of the network nodes that shows the site's certificate. */
  public NetworkClient network() throws IOException {
    return new NetworkClient(requiredSettings().nodeUrls(), ReloadingTls.of(identity()));
  }

  /** The site's Ethereum account; created if there is none. */
  public SiteKey account() throws IOException {
    return account(keyFile());
  }

  /** The account that the site is about to move to; created if there is none. */
  SiteKey nextAccount() throws IOException {
    return account(nextKeyFile());
  }

  /** Keeps the former account beside the new one: it has signed what is in the log. */
  void moveToNextAccount(String formerAddress) throws IOException {
    Path former = path.resolve("key-" + formerAddress + ".json");
    if (!Files.exists(former)) {
      PrivateFiles.create(former, Files.readAllBytes(keyFile()));
    }
    PrivateFiles.rename(nextKeyFile(), keyFile());
  }

  private Path keyFile() {
    return path.resolve("key.json");
  }

  private Path nextKeyFile() {
    return path.resolve("key.next.json");
  }

  /** Where the key of a certificate is until the certificate has been issued. */
  PendingKey pendingKey(String name) throws IOException {
    return PendingKey.in(path.resolve("key.pending"), name);
  }

  private SiteKey account(Path file) throws IOException {
    return KeyFile.readOrCreate(file, path.resolve("password"));
  }
}
