package io.swarmstream.network;

import io.swarmstream.clients.chain.BindingText;
import io.swarmstream.clients.network.EnrolmentAnswer;
import io.swarmstream.clients.network.EnrolmentRequest;
import io.swarmstream.clients.network.InvitationFile;
import io.swarmstream.clients.network.NetworkClient;
import io.swarmstream.identity.Authorities;
import io.swarmstream.identity.CertificateRequest;
import io.swarmstream.identity.Identity;
import io.swarmstream.identity.IdentityFolder;
import io.swarmstream.identity.KeyHash;
import io.swarmstream.identity.NewcomerTls;
import io.swarmstream.identity.ReloadingTls;
import io.swarmstream.schemas.signing.SiteKey;
import java.net.URI;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** Somebody with an invitation: a key, an account, and a folder for the identity. */
final class Newcomer {
  final Path folder;
  final SiteKey account = SiteKey.random();
  final KeyPair key = CertificateRequest.newKey();

  Newcomer(Path folder) {
    this.folder = folder;
  }

  EnrolmentRequest request(InvitationFile invitation) {
    return request(invitation, KeyHash.of(key.getPublic()), account);
  }

  /** A request that binds any key hash, signed by any account. */
  EnrolmentRequest request(InvitationFile invitation, String keyHash, SiteKey signer) {
    BindingText text =
        new BindingText(
            invitation.chainId(), invitation.swarmMembers(), signer.address(), 0, keyHash, "");
    return new EnrolmentRequest(
        invitation.token(),
        account.address(),
        CertificateRequest.of(key, invitation.name()).pem(),
        null,
        null,
        keyHash,
        null,
        text.signedBy(signer).signature());
  }

  /** Enrols without a certificate and keeps what it gets. */
  NetworkClient enrol(InvitationFile invitation) throws Exception {
    EnrolmentAnswer answer =
        new NetworkClient(
                invitation.nodes(), NewcomerTls.trusting(Newcomer.authorities(invitation)))
            .enrol(request(invitation));
    List<X509Certificate> authorities = new ArrayList<>();
    answer.authorities().forEach(pem -> authorities.addAll(Authorities.ofPem(pem, "answer")));
    String certificate = answer.certificate();
    IdentityFolder.at(folder)
        .write(
            new Identity(
                key.getPrivate(),
                Authorities.ofPem(certificate == null ? "" : certificate, "answer"),
                authorities));
    return client(invitation.nodes());
  }

  static List<X509Certificate> authorities(InvitationFile invitation) {
    return invitation.authorities().stream()
        .flatMap(pem -> Authorities.ofPem(pem, "invitation").stream())
        .toList();
  }

  NetworkClient client(List<URI> nodes) {
    return new NetworkClient(nodes, ReloadingTls.of(folder).context());
  }
}
