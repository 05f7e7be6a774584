package io.swarmstream.network;

import io.swarmstream.clients.chain.Authority;
import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.identity.Authorities;
import io.swarmstream.identity.CertificateAuthority;
import io.swarmstream.identity.Identity;
import io.swarmstream.identity.IdentityException;
import io.swarmstream.identity.SpiffeName;
import io.swarmstream.network.enrol.Admission;
import io.swarmstream.network.folder.NetworkFolder;
import io.swarmstream.network.members.SwarmSnapshot;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the swarm trust the authorities that certify this node's organisation. They change: a
 * company's root is replaced, and a SPIFFE server makes a new one each day.
 */
final class OwnAuthorities {
  private static final Logger LOG = LoggerFactory.getLogger(OwnAuthorities.class);

  private final NetworkFolder folder;
  private final ChainClient chain;
  private final String organisation;

  /** Revocation is final, so that the chain need not be asked about them again. */
  private final Set<X509Certificate> revoked = new HashSet<>();

  OwnAuthorities(NetworkFolder folder, ChainClient chain, String organisation) {
    this.folder = folder;
    this.chain = chain;
    this.organisation = organisation;
  }

  /** Registers those that are missing. One that was revoked stays revoked. */
  synchronized void register(SwarmSnapshot now) {
    Set<X509Certificate> missing = present();
    missing.removeAll(Set.copyOf(Admission.certificates(now)));
    missing.removeAll(revoked);
    missing.removeIf(authority -> !isUsable(authority));
    if (missing.isEmpty()) {
      return;
    }
    List<Authority> registered = chain.members().authorities();
    for (X509Certificate authority : missing) {
      String hash = Authorities.fingerprint(authority);
      Optional<Authority> known =
          registered.stream().filter(it -> it.hash().equals(hash)).findFirst();
      if (known.isEmpty()) {
        var unused = chain.membership().addAuthority(organisation, Authorities.der(authority));
        LOG.info("registered the authority {}", authority.getSubjectX500Principal());
      } else if (known.get().isRevoked()) {
        revoked.add(authority);
        LOG.warn(
            "{}, which certifies this node, was revoked in the swarm; bring a certificate of"
                + " another authority",
            authority.getSubjectX500Principal());
      }
    }
  }

  /** The issuer of the node's certificate, those of its trust domain, and the node's own one. */
  Set<X509Certificate> present() {
    Set<X509Certificate> all = new LinkedHashSet<>();
    Identity identity = folder.identity().read();
    identity.issuer().ifPresent(all::add);
    Optional<String> domain = identity.spiffeId().map(SpiffeName::trustDomain);
    if (domain.isPresent()) {
      identity.authorities().stream()
          .filter(authority -> SpiffeName.isAuthorityOf(authority, domain.get()))
          .forEach(all::add);
    }
    if (CertificateAuthority.exists(folder.authority())) {
      all.add(CertificateAuthority.open(folder.authority()).certificate());
    }
    return all;
  }

  private static boolean isUsable(X509Certificate authority) {
    try {
      Authorities.check(authority);
      return true;
    } catch (IdentityException e) {
      return false;
    }
  }
}
