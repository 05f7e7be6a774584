package io.swarmstream.site.node.join;

import io.swarmstream.clients.chain.BindingText;
import io.swarmstream.clients.network.EnrolmentAnswer;
import io.swarmstream.clients.network.EnrolmentRequest;
import io.swarmstream.clients.network.InvitationFile;
import io.swarmstream.clients.network.NetworkClient;
import io.swarmstream.identity.Authorities;
import io.swarmstream.identity.CertificateRequest;
import io.swarmstream.identity.Identity;
import io.swarmstream.identity.NewcomerTls;
import io.swarmstream.identity.PendingKey;
import io.swarmstream.schemas.signing.SiteKey;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes a site, or somebody with another role such as a job or an observer, a member by an
 * invitation. Its keys are made here and never leave the folder. Can be repeated at any point: the
 * site has its keys before it shows the invitation, and a network node answers the same site again.
 */
public final class Joining {
  private final SiteFolder folder;
  private final InvitationFile invitation;
  private final boolean isCertified;

  /**
   * What became of it.
   *
   * @param isPending whether an admin has to approve first
   * @param admins who can approve
   */
  public record Joined(
      SiteSettings settings, String account, boolean isPending, List<String> admins) {}

  /**
   * A site that is about to join.
   *
   * @param isCertified true: a network node issues the certificate; false: the folder has one that
   *     the site brings
   */
  public Joining(SiteFolder folder, InvitationFile invitation, boolean isCertified) {
    this.folder = folder;
    this.invitation = invitation;
    this.isCertified = isCertified;
  }

  /**
   * Joins, unless the folder's site has joined by this invitation.
   *
   * @throws IllegalArgumentException when the invitation is for a network node
   * @throws IllegalStateException when the folder is that of another site
   * @throws io.swarmstream.clients.network.ApiRefusalException when a network node refuses
   */
  public Joined join() throws IOException {
    if (invitation.roles().contains("network")) {
      throw new IllegalArgumentException(
          "the invitation of "
              + invitation.name()
              + " is for a network node; use it with 'swarm network start --join FILE'");
    }
    SiteSettings known = folder.settings().orElse(null);
    if (known != null && !known.name().equals(invitation.name())) {
      throw new IllegalStateException(
          folder.path()
              + " is the folder of site "
              + known.name()
              + "; join as "
              + invitation.name()
              + " in another --folder");
    }
    SiteKey account = folder.account();
    List<X509Certificate> trusted = authorities(invitation.authorities(), "invitation");
    NetworkClient newcomer = new NetworkClient(invitation.nodes(), NewcomerTls.trusting(trusted));
    EnrolmentAnswer answer =
        folder.identity().exists()
            ? enrolWith(newcomer, account, folder.identity().readValid(), trusted)
            : enrolAnew(newcomer, account, trusted);
    SiteSettings settings =
        SiteSettings.of(
            answer.member().name(),
            answer.member().organisation(),
            isCertified,
            answer.addresses());
    // Last, so that an interrupted join is noticed.
    folder.save(settings);
    return new Joined(
        settings, account.address(), answer.member().status().equals("pending"), answer.admins());
  }

  /** With a certificate that the site brings, or got by the same invitation before. */
  private EnrolmentAnswer enrolWith(
      NetworkClient newcomer, SiteKey account, Identity own, List<X509Certificate> trusted)
      throws IOException {
    String spiffeId = own.spiffeId().orElse(null);
    EnrolmentAnswer answer =
        newcomer.enrol(
            request(
                account,
                CertificateRequest.renewal(own).pem(),
                Authorities.pem(own.chain()),
                own.keyHash(),
                spiffeId));
    folder
        .identity()
        .writeAuthorities(
            Authorities.combine(
                List.of(authorities(answer.authorities(), "answer"), trusted, own.authorities())));
    return answer;
  }

  /** With a certificate of the organisation that invites. */
  private EnrolmentAnswer enrolAnew(
      NetworkClient newcomer, SiteKey account, List<X509Certificate> trusted) throws IOException {
    PendingKey key = folder.pendingKey(invitation.name());
    EnrolmentAnswer answer =
        newcomer.enrol(request(account, key.request().pem(), null, key.keyHash(), null));
    String issued = answer.certificate();
    if (issued == null) {
      throw new IllegalStateException(
          "the network node issued no certificate; bring one with --cert, --key and --cacert");
    }
    folder
        .identity()
        .write(
            key.with(
                Authorities.ofPem(issued, "answer"),
                Authorities.combine(
                    List.of(authorities(answer.authorities(), "answer"), trusted))));
    key.delete();
    return answer;
  }

  private EnrolmentRequest request(
      SiteKey account,
      String certificateRequest,
      @Nullable String certificate,
      String keyHash,
      @Nullable String spiffeId) {
    BindingText text =
        BindingText.first(
            invitation.chainId(), invitation.swarmMembers(), account.address(), keyHash, spiffeId);
    return new EnrolmentRequest(
        invitation.token(),
        account.address(),
        certificateRequest,
        certificate,
        null,
        keyHash,
        spiffeId,
        text.signedBy(account).signature());
  }

  static List<X509Certificate> authorities(List<String> pems, String origin) {
    List<X509Certificate> all = new ArrayList<>();
    pems.forEach(pem -> all.addAll(Authorities.ofPem(pem, origin)));
    return all;
  }
}
