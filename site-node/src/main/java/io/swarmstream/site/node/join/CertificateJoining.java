package io.swarmstream.site.node.join;

import io.swarmstream.clients.chain.BindingText;
import io.swarmstream.clients.network.AdmissionRequest;
import io.swarmstream.clients.network.AdmissionTerms;
import io.swarmstream.clients.network.EnrolmentAnswer;
import io.swarmstream.clients.network.NetworkClient;
import io.swarmstream.identity.Authorities;
import io.swarmstream.identity.Identity;
import io.swarmstream.identity.ReloadingTls;
import io.swarmstream.schemas.signing.SiteKey;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes a site, or somebody with another role, a member by the certificate in its folder, where a
 * network node admits by certificate. An interrupted join can be repeated, like {@link Joining}.
 */
public final class CertificateJoining {
  private final SiteFolder folder;
  private final List<URI> nodes;

  /** A newcomer whose folder has an identity, and the network nodes that it asks. */
  public CertificateJoining(SiteFolder folder, List<URI> nodes) {
    this.folder = folder;
    this.nodes = List.copyOf(nodes);
  }

  /**
   * Joins. A member that asks again by the same certificate and account gets the same answer, and
   * the folder has the newest addresses and authorities afterwards.
   *
   * @param name of the new member; null: the certificate's common name
   * @param roles that it asks for
   * @throws IllegalArgumentException when one of them is network, whose member runs a network node
   * @throws IllegalStateException when the folder is that of another member
   * @throws io.swarmstream.identity.IdentityException when it has no certificate that is valid now
   * @throws io.swarmstream.clients.network.ApiRefusalException when a network node refuses
   */
  public Joining.Joined join(@Nullable String name, List<String> roles) throws IOException {
    if (roles.contains("network")) {
      throw new IllegalArgumentException(
          "a member with the role network runs a network node; it joins with"
              + " 'swarm network start --network-node HOST:PORT'");
    }
    SiteSettings known = folder.settings().orElse(null);
    if (known != null && name != null && !known.name().equals(name)) {
      throw new IllegalStateException(
          folder.path() + " is the folder of " + known.name() + "; give another --folder");
    }
    SiteKey account = folder.account();
    Identity own = folder.identity().readValid();
    NetworkClient network = new NetworkClient(nodes, ReloadingTls.of(folder.identity()));
    EnrolmentAnswer answer =
        network.admit(request(network.admissionTerms(), name, roles, account, own));
    folder
        .identity()
        .writeAuthorities(
            Authorities.combine(
                List.of(Joining.authorities(answer.authorities(), "answer"), own.authorities())));
    SiteSettings settings =
        SiteSettings.of(
            answer.member().name(), answer.member().organisation(), false, answer.addresses());
    // Last, so that an interrupted join is noticed.
    folder.save(settings);
    return new Joining.Joined(
        settings, account.address(), answer.member().status().equals("pending"), answer.admins());
  }

  private static AdmissionRequest request(
      AdmissionTerms terms,
      @Nullable String name,
      List<String> roles,
      SiteKey account,
      Identity own) {
    BindingText text =
        BindingText.first(
            terms.chainId(),
            terms.swarmMembers(),
            account.address(),
            own.keyHash(),
            own.spiffeId().orElse(null));
    return new AdmissionRequest(name, roles, account.address(), text.signedBy(account).signature());
  }
}
