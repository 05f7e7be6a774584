package io.swarmstream.local.processes;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.chain.Role;
import io.swarmstream.identity.CertificateAuthority;
import io.swarmstream.identity.IdentityFolder;
import io.swarmstream.jobs.options.SwarmProperties;
import io.swarmstream.network.folder.NetworkFolder;
import io.swarmstream.schemas.signing.SiteKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Sites that run beside a cluster on this machine, for trials and tests. In a secured cluster each
 * has an identity of its own, and no more rights than any other site.
 */
public final class OwnSites {
  private final Path cluster;

  /**
   * @param cluster folder of a running swarm; if it is not a secured cluster's, its sites need no
   *     identity
   */
  public OwnSites(Path cluster) {
    this.cluster = cluster;
  }

  /** Makes a site a member, unless it is or the swarm has none. */
  public void admit(String name, SiteKey account) throws IOException {
    Optional<Secured> secured = Secured.in(cluster);
    if (secured.isEmpty()) {
      return;
    }
    NetworkFolder node = NetworkFolder.existing(cluster.resolve(NetworkPart.FOLDER));
    IdentityFolder own = IdentityFolder.at(folder(name));
    if (!own.exists()) {
      own.write(CertificateAuthority.open(node.authority()).issueFor(name, List.of()));
    }
    try (ChainClient admin =
        ChainClient.signing(SwarmProperties.in(cluster).chainOptions(), node.account())) {
      new OwnMembers(admin, secured.get().organisation()).ensure(account, own.read(), Role.SITE);
    }
  }

  /** How a site of this name reaches the swarm. */
  public SwarmProperties connection(String name) {
    SwarmProperties swarm = SwarmProperties.in(cluster);
    return Files.isDirectory(folder(name)) ? swarm.withIdentity(folder(name)) : swarm;
  }

  private Path folder(String name) {
    return cluster.resolve("identities").resolve("site-" + name);
  }
}
