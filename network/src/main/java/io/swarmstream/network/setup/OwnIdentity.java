package io.swarmstream.network.setup;

import io.swarmstream.identity.CertificateAuthority;
import io.swarmstream.identity.Identity;
import io.swarmstream.identity.IdentityFolder;
import io.swarmstream.network.folder.NetworkFolder;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The identity of a network node: the organisation's own, or one of an authority made for it. */
final class OwnIdentity {
  private OwnIdentity() {}

  /**
   * Makes sure that the folder has an identity. A folder that has one already, such as one that was
   * filled with the organisation's certificates, keeps it; then the node makes no authority.
   */
  static Identity in(NetworkFolder folder, NodePlan plan) throws IOException {
    IdentityFolder place = folder.identity();
    if (!place.exists()) {
      CertificateAuthority authority =
          CertificateAuthority.openOrCreate(folder.authority(), plan.organisation());
      Set<String> names = new LinkedHashSet<>(List.of(plan.host(), "localhost", "127.0.0.1"));
      place.write(authority.issueFor(plan.name(), names));
    }
    return place.readValid();
  }

  /** The authority that certifies this organisation: at which its certificate ends. */
  static X509Certificate authority(Identity identity) {
    return identity.issuer().orElse(identity.leaf()); // a leaf is refused, and the message says so
  }

  /** Trusts these authorities besides those that are trusted. */
  static void trust(NetworkFolder folder, List<X509Certificate> more) throws IOException {
    IdentityFolder place = folder.identity();
    List<X509Certificate> all = new ArrayList<>(place.read().authorities());
    more.stream().filter(found -> !all.contains(found)).forEach(all::add);
    place.writeAuthorities(all);
  }
}
