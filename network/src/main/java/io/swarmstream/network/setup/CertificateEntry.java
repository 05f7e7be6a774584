package io.swarmstream.network.setup;

import io.swarmstream.clients.chain.BindingText;
import io.swarmstream.clients.network.AdmissionRequest;
import io.swarmstream.clients.network.AdmissionTerms;
import io.swarmstream.clients.network.EnrolmentAnswer;
import io.swarmstream.clients.network.NetworkClient;
import io.swarmstream.identity.Identity;
import io.swarmstream.identity.ReloadingTls;
import io.swarmstream.network.folder.NetworkFolder;
import io.swarmstream.schemas.signing.SiteKey;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shows the organisation's certificate, where a network node admits by certificate. */
public final class CertificateEntry implements JoinSetup.Entry {
  private final NetworkClient client;
  private final @Nullable String name;
  private final AdmissionTerms terms;

  private CertificateEntry(NetworkClient client, @Nullable String name) {
    this.client = client;
    this.name = name;
    this.terms = client.admissionTerms();
  }

  /**
   * Asks a network node what it offers for the certificate in the folder.
   *
   * @param name of the new member; null: the certificate's common name
   */
  public static CertificateEntry at(URI node, NetworkFolder folder, @Nullable String name) {
    return new CertificateEntry(
        new NetworkClient(List.of(node), ReloadingTls.of(folder.identity())), name);
  }

  /** Name of the new member. */
  public String name() {
    return name == null ? terms.name() : name;
  }

  /** To which the certificate belongs. */
  public String organisation() {
    return terms.organisation();
  }

  @Override
  public EnrolmentAnswer enrol(NetworkFolder folder, SiteKey account, Identity identity) {
    BindingText text =
        BindingText.first(
            terms.chainId(),
            terms.swarmMembers(),
            account.address(),
            identity.keyHash(),
            identity.spiffeId().orElse(null));
    return client.admit(
        new AdmissionRequest(
            name(), List.of("network"), account.address(), text.signedBy(account).signature()));
  }
}
