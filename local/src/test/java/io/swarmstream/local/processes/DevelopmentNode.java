package io.swarmstream.local.processes;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.chain.ChainDeployment;
import io.swarmstream.clients.chain.ChainOptions;
import io.swarmstream.clients.chain.Founder;
import io.swarmstream.embedded.Anvil;
import io.swarmstream.identity.CertificateAuthority;
import io.swarmstream.identity.Identity;
import io.swarmstream.identity.IdentityFolder;
import io.swarmstream.jobs.options.SwarmProperties;
import io.swarmstream.local.DocumentedAcls;
import io.swarmstream.schemas.files.PrivateFiles;
import io.swarmstream.schemas.signing.SiteKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AclBinding;

/**
 * What a network node gives to a secured cluster, but from a development chain that asks nobody who
 * he is, and without rights in Kafka: a test sets those.
 */
final class DevelopmentNode implements SecuredParts {
  private final ClusterOptions options;
  private final ClusterFiles files;
  private final Ports ports;
  private final Secured secured;

  DevelopmentNode(ClusterOptions options, ClusterFiles files, Ports ports) {
    this.options = options;
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
    return Anvil.command(ports.of(Port.CHAIN), files.chain());
  }

  @Override
  public void prepare() throws IOException {
    new ChainFile(files.chain()).mend();
    if (!IdentityFolder.at(administrator()).exists()) {
      IdentityFolder.at(administrator()).write(issue("network", secured.names()));
    }
  }

  @Override
  public String url() {
    return "http://127.0.0.1:" + ports.of(Port.CHAIN);
  }

  @Override
  public boolean isUp() {
    return Await.isListening(ports.of(Port.CHAIN));
  }

  @Override
  public boolean isAnswering() {
    return true;
  }

  @Override
  public SwarmProperties deploy(Steps steps) throws Exception {
    Path folder = options.folder();
    if (!Files.exists(folder.resolve(SwarmProperties.FILE))) {
      ChainOptions deployed =
          ChainDeployment.deploySecured(
              url(),
              owner(),
              new Founder(
                  secured.organisation(),
                  "network",
                  IdentityFolder.at(administrator()).read().keyHash(),
                  new byte[0]));
      PrivateFiles.write(files.coordinatorKey(), keys().get(1));
      new SwarmProperties(
              files.kafkaAddress(),
              url(),
              deployed.trainingContracts(),
              deployed.roundAnchors(),
              deployed.swarmMembers(),
              administrator())
          .writeTo(folder);
      OwnerFiles.write(folder, keys().get(0), coordinator().address());
    }
    SwarmProperties swarm = SwarmProperties.in(folder);
    String job = ClusterIdentities.principal(files.identities().job());
    grant(DocumentedAcls.of("job", job));
    try (ChainClient admin = ChainClient.signing(swarm.chainOptions(), owner())) {
      new JobMember(coordinator(), IdentityFolder.at(files.identities().job()).read())
          .ensure(admin, secured.organisation());
    }
    return swarm;
  }

  /** Gives rights as an administrator of Kafka does. */
  void grant(Collection<AclBinding> rights) throws Exception {
    try (Admin admin =
        Admin.create(
            SwarmProperties.in(options.folder()).kafkaEndpoint().properties(Map.of(), Map.of()))) {
      admin.createAcls(rights).all().get();
    }
  }

  @Override
  public void keep() throws Exception {
    new ChainFile(files.chain()).keep();
  }

  @Override
  public SiteKey owner() throws IOException {
    return SiteKey.ofHex(keys().get(0));
  }

  @Override
  public SiteKey coordinator() throws IOException {
    return SiteKey.ofHex(keys().get(1));
  }

  @Override
  public Identity issue(String name, Collection<String> hosts) throws IOException {
    return authority().issueFor(name, hosts);
  }

  @Override
  public Identity renew(Identity identity, Collection<String> hosts) throws IOException {
    return authority().renew(identity, hosts);
  }

  private CertificateAuthority authority() throws IOException {
    return CertificateAuthority.openOrCreate(
        options.folder().resolve("network/authority"), secured.organisation());
  }

  @Override
  public Path administrator() {
    return options.folder().resolve("network/identity");
  }

  private List<String> keys() throws IOException {
    try (Stream<String> lines =
        Files.lines(new PartProcess(part().label(), options.folder()).log())) {
      return Anvil.devKeys(lines);
    }
  }
}
