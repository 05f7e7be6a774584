package io.swarmstream.network;

import io.swarmstream.identity.CertificateAuthority;
import io.swarmstream.identity.Identity;
import io.swarmstream.identity.IdentityException;
import io.swarmstream.identity.IdentityFolder;
import io.swarmstream.network.folder.NetworkFolder;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews the certificates that this organisation's own authority has issued when a third of their
 * time is left: the node's, and those of the programs beside it, such as Kafka's and the job's. The
 * keys stay, and with them all rights; the programs follow the files.
 */
final class DueCertificates {
  private static final Logger LOG = LoggerFactory.getLogger(DueCertificates.class);

  private final NetworkFolder folder;
  private final InstantSource clock;

  DueCertificates(NetworkFolder folder, InstantSource clock) {
    this.folder = folder;
    this.clock = clock;
  }

  /** Renews what is due; what cannot be renewed is logged, and tried again at the next call. */
  void renew() {
    if (!CertificateAuthority.exists(folder.authority())) {
      return; // others issue them, and whoever looks after their files renews them
    }
    try {
      List<IdentityFolder> all = new ArrayList<>(List.of(folder.identity()));
      all.addAll(folder.trusting());
      for (IdentityFolder each : all) {
        renew(each);
      }
    } catch (IOException e) {
      LOG.error("the programs whose certificates this node renews cannot be read", e);
    }
  }

  private void renew(IdentityFolder identity) {
    try {
      Identity own = identity.read();
      if (clock.instant().isBefore(own.renewAt())) {
        return;
      }
      CertificateAuthority authority = CertificateAuthority.open(folder.authority());
      if (!hasIssued(authority, own.leaf())) {
        return;
      }
      Identity renewed = authority.renew(own, names(own.leaf()));
      identity.write(renewed);
      LOG.info("the certificate in {} is valid until {}", identity.path(), renewed.expiresAt());
    } catch (IOException | CertificateParsingException | IdentityException e) {
      LOG.error("the certificate in {} cannot be renewed", identity.path(), e);
    }
  }

  private static boolean hasIssued(CertificateAuthority authority, X509Certificate leaf) {
    try {
      leaf.verify(authority.certificate().getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** Hosts, addresses and URIs of a certificate: those of the next one. */
  private static List<String> names(X509Certificate leaf) throws CertificateParsingException {
    Collection<List<?>> stored = leaf.getSubjectAlternativeNames();
    return stored == null
        ? List.of()
        : stored.stream().map(name -> name.get(1)).map(String::valueOf).toList();
  }
}
