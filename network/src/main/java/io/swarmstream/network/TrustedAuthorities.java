package io.swarmstream.network;

import io.swarmstream.identity.CertificateAuthority;
import io.swarmstream.identity.IdentityFolder;
import io.swarmstream.network.enrol.Admission;
import io.swarmstream.network.folder.NetworkFolder;
import io.swarmstream.network.members.SwarmSnapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the authorities that a node trusts equal to those of the swarm. */
final class TrustedAuthorities {
  private static final Logger LOG = LoggerFactory.getLogger(TrustedAuthorities.class);

  private TrustedAuthorities() {}

  /** Trusts the swarm's authorities, and the own one, which may not be registered yet. */
  static void keep(NetworkFolder folder, SwarmSnapshot now) {
    IdentityFolder identity = folder.identity();
    var trusted = new ArrayList<>(Admission.certificates(now));
    Path own = folder.authority();
    if (CertificateAuthority.exists(own)) {
      var certificate = CertificateAuthority.open(own).certificate();
      if (!trusted.contains(certificate)) {
        trusted.add(certificate);
      }
    }
    try {
      if (!trusted.isEmpty() && !trusted.equals(identity.read().authorities())) {
        identity.writeAuthorities(trusted);
      }
    } catch (IOException | RuntimeException e) {
      LOG.error("the swarm's authorities cannot be written to {}", identity.path(), e);
    }
  }
}
