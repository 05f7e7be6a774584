package io.swarmstream.local.processes;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.chain.ChainOptions;
import io.swarmstream.clients.chain.Role;
import io.swarmstream.identity.CertificateAuthority;
import io.swarmstream.identity.Identity;
import io.swarmstream.identity.IdentityFolder;
import io.swarmstream.identity.spiffe.BroughtIdentity;
import io.swarmstream.jobs.options.SwarmProperties;
import io.swarmstream.network.chain.GethBinary;
import io.swarmstream.network.folder.NetworkFolder;
import io.swarmstream.network.folder.NodeSettings;
import io.swarmstream.schemas.files.PrivateFiles;
import io.swarmstream.schemas.files.TextFile;
import io.swarmstream.schemas.signing.SiteKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** The network node of a secured cluster: the swarm's first, with a chain of its own. */
final class NetworkPart implements SecuredParts {
  static final String FOLDER = "network";
  private static final ChainOptions.Timeouts ANSWER =
      new ChainOptions.Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(5));

  private final Path folder;
  private final ClusterFiles files;
  private final Ports ports;
  private final Secured secured;

  NetworkPart(ClusterOptions options, ClusterFiles files, Ports ports) {
    this.folder = options.folder();
    this.files = files;
    this.ports = ports;
    this.secured = options.secured().orElseThrow();
  }

  @Override
  public Part part() {
    return Part.NETWORK;
  }

  @Override
  public List<String> command() {
    return NetworkProgram.command(
        folder.resolve(FOLDER),
        secured,
        ports.of(Port.NETWORK_API),
        ports.of(Port.NETWORK_P2P),
        files.kafkaAddress());
  }

  /**
   * Builds geth where it is missing; that takes longer than a process may take to start. Makes an
   * authority for the broker and the job, unless the organisation has put their certificates into
   * their folders; if it has brought the node's certificate only, its authority is there as well.
   */
  @Override
  public void prepare() throws IOException {
    Path unused = GethBinary.findOrBuild(System.err::println);
    if (!files.identities().areComplete()) {
      var unusedToo = CertificateAuthority.openOrCreate(node().authority(), secured.organisation());
    }
  }

  @Override
  public String url() {
    return "https://" + secured.inUrl() + ":" + ports.of(Port.NETWORK_API) + "/rpc";
  }

  @Override
  public boolean isUp() {
    return Await.isListening(secured.host(), ports.of(Port.NETWORK_API));
  }

  /** Asks for a block. */
  @Override
  public boolean isAnswering() {
    try (ChainClient client = ChainClient.reading(node().chainOptions().withTimeouts(ANSWER))) {
      return client.newestBlock() >= 0;
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }

  @Override
  public SwarmProperties deploy(Steps steps) throws Exception {
    NodeSettings.Contracts contracts = node().requiredSettings().contracts();
    SwarmProperties swarm =
        new SwarmProperties(
            files.kafkaAddress(),
            url(),
            contracts.trainingContracts(),
            contracts.roundAnchors(),
            contracts.swarmMembers(),
            administrator());
    if (!Files.exists(files.coordinatorKey())) {
      PrivateFiles.write(files.coordinatorKey(), SiteKey.random().privateKeyHex());
    }
    try (ChainClient admin = ChainClient.signing(swarm.chainOptions(), owner())) {
      Identity job = IdentityFolder.at(files.identities().job()).read();
      steps.run(
          "admitting the main job",
          () -> {
            new OwnMembers(admin, secured.organisation()).ensure(coordinator(), job, Role.JOB);
            return job;
          });
    }
    OwnerFiles.write(folder, owner().privateKeyHex(), coordinator().address());
    swarm.writeTo(folder);
    return swarm;
  }

  /** Geth writes each block to the disk. */
  @Override
  public void keep() {}

  @Override
  public SiteKey owner() throws IOException {
    return node().account();
  }

  @Override
  public SiteKey coordinator() throws IOException {
    return SiteKey.ofHex(TextFile.read(files.coordinatorKey()).strip());
  }

  @Override
  public Identity issue(String name, Collection<String> hosts) throws IOException {
    return authority().issueFor(name, hosts);
  }

  @Override
  public Identity renew(Identity identity, Collection<String> hosts) throws IOException {
    return authority().renew(identity, hosts);
  }

  @Override
  public boolean isIssuerOf(Identity identity) throws IOException {
    Path authority = node().authority();
    return CertificateAuthority.exists(authority)
        && identity
            .issuer()
            .filter(CertificateAuthority.open(authority).certificate()::equals)
            .isPresent();
  }

  private CertificateAuthority authority() throws IOException {
    return CertificateAuthority.open(node().authority());
  }

  @Override
  public void bring(BroughtIdentity identity) throws IOException {
    identity.rememberIn(node().identity());
  }

  @Override
  public void follow(List<Path> identities) throws IOException {
    node().setTrusting(identities);
  }

  @Override
  public Path administrator() {
    return folder.resolve(FOLDER).resolve("identity");
  }

  private NetworkFolder node() throws IOException {
    return NetworkFolder.open(folder.resolve(FOLDER));
  }
}
