package io.swarmstream.network.setup;

import io.swarmstream.clients.chain.BindingText;
import io.swarmstream.clients.network.EnrolmentAnswer;
import io.swarmstream.clients.network.EnrolmentRequest;
import io.swarmstream.clients.network.InvitationFile;
import io.swarmstream.clients.network.NetworkClient;
import io.swarmstream.identity.Authorities;
import io.swarmstream.identity.CertificateRequest;
import io.swarmstream.identity.Identity;
import io.swarmstream.identity.NewcomerTls;
import io.swarmstream.network.folder.NetworkFolder;
import io.swarmstream.schemas.signing.SiteKey;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** Brings an invitation and the organisation's authority. */
record InvitationEntry(InvitationFile invitation) implements JoinSetup.Entry {
  @Override
  public EnrolmentAnswer enrol(NetworkFolder folder, SiteKey account, Identity identity)
      throws IOException {
    List<X509Certificate> theirs = new ArrayList<>();
    invitation.authorities().forEach(pem -> theirs.addAll(Authorities.ofPem(pem, "invitation")));
    OwnIdentity.trust(folder, theirs);
    return new NetworkClient(invitation.nodes(), NewcomerTls.trusting(theirs))
        .enrol(request(account, identity));
  }

  private EnrolmentRequest request(SiteKey account, Identity identity) {
    String spiffeId = identity.spiffeId().orElse(null);
    BindingText text =
        BindingText.first(
            invitation.chainId(),
            invitation.swarmMembers(),
            account.address(),
            identity.keyHash(),
            spiffeId);
    return new EnrolmentRequest(
        invitation.token(),
        account.address(),
        CertificateRequest.renewal(identity).pem(),
        Authorities.pem(identity.chain()),
        Authorities.pem(List.of(OwnIdentity.authority(identity))),
        identity.keyHash(),
        spiffeId,
        text.signedBy(account).signature());
  }
}
